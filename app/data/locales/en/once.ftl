## The password once more, before something leaves

once-why-link = A link lets somebody read this without you. So your password is asked for once more.
once-why-file = A file can be read by anybody who has it. So your password is asked for once more.
once-why-share = Somebody else can read more of you then. So your password is asked for once more.
once-password = Your password
once-go = Go on
once-no = Not now
once-saved = Saved on this device.
