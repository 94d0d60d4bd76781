### Looking at a result together: on the client's own screen and on the therapist's.

common-screen-review = Look together
common-screen-client-review = Look together

review-title = Look at it together
review-intro = One step at a time, for two people and one screen.
review-begin = Begin
review-next = Next
review-back = One back
review-where = { $at } of { $all }
review-done = Done
review-leave = Leave

review-doses-here = Show the doses here
review-doses-here-hint = On this screen, for this session only. What is shared with others stays as it is.
review-doses-there = Show the doses on { $name }’s screen
review-doses-there-hint = For this session only. It ends by itself after an hour and a half, and when you turn it off.
review-doses-ends = On that screen until { $time }, or until you turn it off.

review-question = The question
review-question-none = No question is shown here.
review-expected = What was expected
review-expected-waits = What was expected stays sealed until the end.
review-dots = The days
review-dots-none = No ratings are shown here.
review-tells = What it can tell, and what it cannot
review-tells-not-yet = The fortnight is not over. There is nothing to tell yet.
review-tells-none = Nothing is shown here that could be set side by side. The days themselves say what they say.
review-covered = The result is covered. It was to be looked at together.
review-covered-there = The result is covered until it is looked at together.
review-uncover = Look at it now
review-conclusion = What do you make of it?
review-conclusion-hint = It is kept with this fortnight, and you have it afterwards.
review-conclusion-label = In your words
review-conclusion-theirs = What they made of it
review-conclusion-yours = What you made of it
review-conclusion-elsewhere = { $called } writes this on their own phone. It stands here where they share it.
review-next-step = One next step
review-next-step-hint = One is enough, and each is as good as the others.
review-step-go_on = Go on noticing
review-step-stop = Stop noticing
review-step-ask_prescriber = Ask the prescriber
review-step-nothing_yet = Change nothing yet
review-save = Keep this
review-kept = Kept with this fortnight.
review-kept-here = Kept on this phone. Not yet with your account.
review-conflict = This was written on another device, too. What you typed is still here.
review-conflict-mine = Keep what is here
review-conflict-theirs = Take the other one
review-change = Look at it again

review-cover = Keep the result covered until we look together
review-cover-hint = Then nobody sees it before you choose to look: not you, and nobody you share with.
review-cover-title = The result is covered
review-cover-words = You wanted to look at it together. You can also look now.
review-cover-together = Look at it together
review-cover-alone = Look at it now, alone

review-begin-here = Look at it, one step at a time
review-practise = Practise saying it
review-together = Practise it together
