### What the server says about a name, a password or a code that cannot be taken, and how it names a device.

error-wrong-recovery = That name and that recovery code do not fit together. Each code can be used once.
error-password-too-short = The password needs at least 8 characters.
error-password-too-long = The password can have at most 128 characters.
error-password-too-common = Many people use this password, so it is easy to guess. Please pick another.
error-password-contains-name = This password has your name in it. Please pick another.
error-name-empty = The name needs at least one letter or digit.
error-name-too-long = The name can have at most 40 characters.
error-name-characters = Letters, digits, spaces, hyphens, dots and underscores can be in the name.

# $browser and $system are proper names: Firefox on Android.
device-named = { $browser } on { $system }
device-unknown = A browser
