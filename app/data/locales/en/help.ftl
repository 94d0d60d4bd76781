### "I need help now": a page of its own, for a bad moment. It needs no script, no account and no network.

help-title = Help now
help-back = Back to where I was
help-first = If you might act on these thoughts, or are in danger now, call your local emergency number.
help-country = Your country
help-country-find = Find your country
help-country-change = { $country }: change country
help-country-guessed = { $country }, guessed from this phone: change country
help-guessed = Guessed from this phone.
help-not-listed = Your country is not in this list? These directories may have a line: { $directories }.
help-call = Call { $number }
help-text = Text { $number }
help-chat = Chat: { $address }
help-emergency-all = Emergency numbers: { $numbers }
help-no-emergency = We have no emergency number on file for this country. If you do not know it, anyone near you can call for you.
help-lines = Someone to talk to
help-no-lines = We have no line on file for this country. These directories may have one: { $directories }.
help-checked = checked on { $date }
help-plan = My own plan
help-plan-notice = What I notice first
help-plan-helps = What helps
help-plan-who = Who I call
help-nobody = Nobody is watching this, and nobody is told that you opened it.
help-offline = This page opens without a connection, once it was opened on this phone.
help-numbers = The numbers come from public pages. Where no date stands beside one, nobody has called to make sure. If one does not answer, try the next, or the emergency number.
