### One sentence for every problem code of the API. What was written is never repeated in them.

error-problem = Something did not work. Nothing you wrote is lost on this phone.
error-not-found = There is nothing here, or it is not yours.
error-method-not-allowed = This address does not do that.
error-not-signed-in = You are not signed in on this device.
error-fresh-sign-in-needed = For this, please sign in again first.
error-wrong-password = That password does not fit.
error-wrong-sign-in = That name and that password do not fit together.
error-not-allowed-now = This cannot be done at this point of the fortnight.
error-not-started = This fortnight has not begun yet.
error-another-experiment-open = One fortnight at a time: another one is still open.
error-experiment-conflict = This was changed on another device. Look at it again before you save.
error-plan-conflict = Your plan was changed on another device. Both texts are kept.
error-check-in-conflict = This day was also written on another device. Both are kept.
error-conflict = This was changed on another device.
error-invalid-input = Something in there cannot be saved as it is.
error-not-json = This could not be read.
error-too-large = This is too large to be taken.
error-day-before-start = This day lies before your fortnight began.
error-day-after-end = This day lies after your fortnight ended.
error-day-in-future = This day has not begun yet, by the clock of the server.
error-slow-down = That was tried too often. Please wait a moment.
error-busy = The server is busy. It will be tried again.
error-full = The server has no room left. What you wrote stays on this phone.
error-fault = Something broke on our side. What you wrote stays on this phone.
error-cross-site = This was sent from another site and was not done.
error-unknown-host = This server does not answer to that name.
