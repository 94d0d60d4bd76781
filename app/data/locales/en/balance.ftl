### Pages to write on beside the days: the balance, the rulers, own words. Never scored, no side taken.

common-screen-balance = Good and less good things
common-screen-rulers = Two rulers
common-screen-own-words = In your own words

## On the page of a fortnight

balance-pages = Pages to write on
balance-pages-hint = Yours to write or to leave. Nothing gets worse if you leave them.
balance-page-balance = Good and less good things
balance-page-balance-sub = Of taking it, and of not taking it
balance-page-rulers = Two rulers
balance-page-rulers-sub = How important it is, and how sure you are
balance-page-words = What it means for you
balance-page-words-sub = And what you miss
balance-last = Last written on { $day }

balance-offer-balance = Would you like to write down what is good and less good, about taking it and about not taking it?
balance-offer-rulers = Would you like to say how important it is to you by now, and how sure you are?
balance-offer-words = Would you like to write down what stopping, or taking, means for you?
balance-offer-yes = Write it
balance-offer-no = Not now
balance-offer-off = Offer me no pages
balance-offer-declined = All right. It stays on the page of the fortnight.
balance-offer-is-off = Off. You can turn it on again in the settings.
balance-offers-title = Pages to write on
balance-offers = Offer me pages to write on
balance-offers-hint = At most one a week. The pages stay where they are.
balance-offers-away = This needs a signal. Nothing was changed.

balance-new-words = If you like, write down first what stopping, or taking, means for you.
balance-new-words-go = Write what it means for you

## All three

balance-only-you = Only you see this page.
balance-keep = Keep this page
balance-keeping = Keeping…
balance-kept = Kept.
balance-kept-here = Kept on this phone as you type. Not sent yet.
balance-not-kept-here = This phone cannot keep what you type just now. Do not close this page before it is sent.
balance-no-signal = No signal. What you wrote is still here. Try again when there is one.
balance-nothing-yet = There is nothing on this page yet.
balance-earlier-away = What you wrote before needs a signal to be shown.
balance-conflict = This page was also written on another device. What you typed is still here.
balance-conflict-gone = This page was taken away on another device. What you typed is still here.
balance-conflict-there = On the other device
balance-conflict-let-go = Let it be gone
balance-conflict-mine = Keep what is here
balance-conflict-theirs = Take the other one
balance-new-day = You wrote this on { $day }. If you keep it today, that one stays as it is.
balance-afresh = Begin with an empty page
balance-beside = Side by side
balance-part-before = At the start
balance-part-middle = In the middle
balance-part-after = After the end
balance-on-day = { $part }, { $day }
balance-all = Every page, by date
balance-all-count =
    { $count ->
        [one] One page
       *[other] { $count } pages
    }
balance-unreadable = This page cannot be opened any more.
balance-remove-day = Take away the page of { $day }
balance-remove-sure = It is gone then, from everywhere.
balance-remove-yes = Take it away
balance-remove-no = Keep it
balance-removed = That page is gone.
balance-print = Print this

## The balance

balance-title = Good and less good things
balance-intro = About taking it, and about not taking it. In your own words, in any order.
balance-no-total = Nothing is added up, and no side wins.
balance-shared = Only you see this, unless you share it.
balance-cell-not-good = Good things about not taking it
balance-cell-not-less = Less good things about not taking it
balance-cell-taking-good = Good things about taking it
balance-cell-taking-less = Less good things about taking it
balance-cell-empty = Nothing yet
balance-cell-count =
    { $count ->
        [one] One line
       *[other] { $count } lines
    }
balance-add-not-good = A good thing about not taking it
balance-add-not-less = A less good thing about not taking it
balance-add-taking-good = A good thing about taking it
balance-add-taking-less = A less good thing about taking it
balance-add = Add
balance-full = There are forty lines on this page. Take one away to add another.
balance-line-more = Change or weigh
balance-line-words = The line
balance-line-weight = How much does it weigh for you, if you like to say?
balance-line-weighs = { $weight } of 5
balance-line-remove = Take away
balance-line-removed = Taken away. It is kept so when you keep the page.
balance-weight-little = a little
balance-weight-much = a lot

balance-notice = Notice this
balance-noticed = You can rate “{ $name }” on each check-in.
balance-notice-long = A word to rate has at most 40 letters. What could be a shorter name for it?
balance-notice-name = A shorter name
balance-notice-add = Add this word
balance-notice-full = You have three words to rate already. In the set-up you can take one away, and then add this one.
balance-notice-full-go = See the set-up
balance-notice-over = This fortnight is over, so no word can be added to it. You can bring it to your next one.
balance-notice-caps = Day 1 has begun. If you add a word now, the result of this fortnight will be “cannot tell”.
balance-notice-caps-yes = Add it all the same
balance-notice-caps-no = Leave it
balance-notice-away = This needs a signal. The line is still here.

## The rulers

balance-rulers-title = Two rulers
balance-rulers-intro = They can be asked at the start, in the middle and at the end. A number is only a number: none is better.
balance-importance = How important is it to you to decide about this medicine, one way or the other?
balance-confidence = How sure are you that you can do what you decide?
balance-importance-short = How important
balance-confidence-short = How sure
balance-ruler-0 = not at all
balance-ruler-5 = half and half
balance-ruler-10 = very
balance-no-number = no number

## Own words

balance-words-title = In your own words
balance-words-intro = There is no right answer, and nothing here is counted.
balance-meaning = What does stopping, or taking, mean for you?
balance-miss = What I miss
balance-miss-hint = Things you do not have now, with or without the medicine.

## The result

balance-result-title = From your pages
balance-result-line = You wrote “{ $words }”. Was it there?
balance-result-rated = You rated it as “{ $name }”.
balance-result-see = See the good and less good things
balance-result-on = Written on { $day }

## What somebody else sees

balance-shown = Good and less good things
