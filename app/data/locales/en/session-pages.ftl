### What a client writes for sessions: what to talk about, and three questions afterwards, in our own words.

common-screen-session-pages = For your sessions

## The client

session-title = For your sessions with { $name }
session-title-nobody = For your sessions
session-intro = Write here what you want to talk about, and afterwards how it was for you. Leave out whatever you like.
session-yours = What you write here is yours. { $name } can read a page once you show it, and nobody is alerted.
session-reads-nothing = { $name } can see nothing of yours now. You can write here all the same.
session-paused = You have paused what you share with { $name }. What you show is there for them when you go on.
session-none = There is nothing here, or it is not yours.

session-agenda = What I want to talk about
session-agenda-hint = Up to five lines, in your order.
session-agenda-line = Line { $number }
session-agenda-up = Up
session-agenda-moved = Line { $number } moved up.
session-agenda-on = Day of the session, if you like
session-agenda-on-hint = After that day the list moves down to the earlier ones.
session-agenda-keep = Keep this list
session-agenda-new = Begin a new list
session-agenda-back = Back to the list for next time
session-agenda-changing = You are changing an earlier list.

session-check = After a session
session-check-said = Three questions, if you like
session-check-intro = A number is only a number. No answer is better than another, and nothing is added up.
session-check-on = Day of the session
session-check-keep = Keep this
session-check-new = Write about another session
session-check-changing = You are changing what you wrote after an earlier session.
session-heard = Was I heard?
session-matters = Did we work on what matters to me?
session-fit = Did the way of working fit me?
session-words = In your own words, if you like
session-step-0 = not at all
session-step-5 = in part
session-step-10 = fully

session-only-you = Only you see this.
session-show = Show it to { $name }
session-take-back = Take it back
session-is-shown = { $name } can read this, with every change that you keep.
session-is-shown-there = { $name } can read this.
session-now-shown = { $name } can read this from now on. Nobody is alerted.
session-taken-back = Taken back. { $name } cannot read it any more.
session-show-away = This needs a signal. Nothing was changed.

session-earlier-lists = Earlier lists
session-earlier-checks = After earlier sessions
session-list-on = List for { $day }
session-list-undated = List of { $day }
session-check-of = Session on { $day }
session-unreadable = This page cannot be opened any more.
session-change = Change it
session-remove = Take it away
session-remove-sure = It is gone then, from everywhere.
session-remove-yes = Take it away
session-remove-no = Keep it
session-removed = It is gone.

session-way = What you want to talk about with { $name }
session-ways = Before you meet next

## Both: the answers over time

session-over-time = Answers over time
session-line-values =
    { $count ->
        [one] { $asked } Answered once: { $values }.
       *[other] { $asked } Answered { $count } times: { $values }.
    }
session-line-range = { $asked } Answered { $count } times, with numbers from { $low } to { $high }.
session-line-none = { $asked } Not answered.
session-line-latest = The latest { $count } sessions are drawn. The table has all of them.
session-column-on = Session
session-column-heard = Heard
session-column-matters = What matters
session-column-fit = Way of working
session-table = The same as a table

## The therapist

session-wants = { $called } wants to talk about
session-for = For { $day }.
session-since = Shown on { $day }.
session-lists = Lists from before
session-theirs = How sessions were for { $called }
session-theirs-hint = { $called } chose to show this. It is something to ask about, and no mark for anybody.
session-not-read = What { $called } shows for sessions could not be read.
