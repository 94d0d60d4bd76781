### A newer version of the app is ready.

update-ready = A newer version is ready.
update-now = Use it now
update-later = Later
