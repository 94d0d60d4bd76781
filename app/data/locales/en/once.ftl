## The password once more, before something leaves

once-why = A link lets somebody read this without you. So your password is asked for once more.
once-password = Your password
once-go = Go on
once-no = Not now
