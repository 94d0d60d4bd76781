### The visit to the prescriber: practised, written down afterwards, and what of it is shared.

visit-parts = The visit
visit-part-page = The page
visit-part-practise = Practise
visit-part-options = Options
visit-part-after = After
visit-keep = Keep it

## Practising

visit-practise-title = Practise saying it
visit-practise-intro = Saying it once at home can make it easier there. All of it is yours; leave out what you like.
visit-say-heading = Say it out loud
visit-say-none = What you want to say and ask is written on the page. You can also practise without it.
visit-say-clock = Start the clock
visit-say-record = Record myself
visit-say-stop = Stop
visit-say-runs = The clock runs.
visit-say-records = Recording.
visit-say-took = That took { $time } { $unit ->
    [min] minutes
   *[s] seconds
  }.
visit-say-stays = A recording stays on this device, and is gone when you leave this page.
visit-say-hear = What you recorded
visit-say-throw = Throw it away
visit-say-thrown = It is gone.
visit-say-no-microphone = This device gave no microphone. You can say it without.
visit-answers-heading = If they say … I can say …
visit-answers-hint = As you would say it. Empty ones are not kept.
visit-answers-of = Answer { $n }
visit-answer-they = If they say
visit-answer-me = I can say
visit-answer-more = Another one
visit-answer-out = Take this one out
visit-answer-gone = Taken out.
visit-answer-ideas = What others have met
visit-answer-ideas-hint = A tap puts one on your list. You can change it there.
visit-answer-added = On your list: { $said }
visit-idea-told-they = Why didn’t you tell me?
visit-idea-told-me = I was afraid of how it would go. I am telling you now.
visit-idea-keep-they = Just keep taking it.
visit-idea-keep-me = I hear that. What would show us that it helps me?
visit-idea-stop-they = Then stop taking it.
visit-idea-stop-me = I hear that. How would we do it, and what would we look out for?
visit-idea-days-they = Two weeks do not tell us much.
visit-idea-days-me = That may be. This is what I saw. What do you make of it?
visit-idea-time-they = We have no time for this today.
visit-idea-time-me = May I leave you this page? When could we talk about it?
visit-untold-field = What have I not told them?
visit-untold-hint = Nobody sees this. It stands on the page only if you turn it on there.
visit-way-field = What gets in the way of the visit?
visit-way-hint = Time, money, the way there, being afraid of it. Anything.
visit-facts = What is known about this medicine

## Options beside each other

visit-options-title = Options beside each other
visit-options-intro = What could come next, in your words. Nothing here says which is better.
visit-options-add = Put one on the list
visit-options-none = Nothing is on the list yet.
visit-option = { $kind ->
    [stay] Stay as it is now
    [time] Take it at another time of day
    [dose] Ask about the dose
    [other] Ask about another medicine
    [stop] Stop, with a plan made with my prescriber
    [again] Take it, with a plan made with my prescriber
   *[own] Something else
  }
visit-option-name = What is it?
visit-option-good = What is good about it
visit-option-less-good = What is less good
visit-option-effort = What it costs, and how much work it is
visit-option-out = Take it off the list
visit-option-added = On the list: { $name }
visit-option-gone = Off the list: { $name }
visit-options-beside = Beside each other
visit-options-what = Option

## Afterwards

visit-after-title = After the visit
visit-after-intro = While you remember it. You can leave anything out.
visit-decided-field = What did we decide?
visit-decided-hint = In your words, up to 600 letters.
visit-step-field = One step
visit-step-hint = Something small and clear that you can do.
visit-review-field = When do we look at it again?
visit-effort-heading = How the visit was
visit-effort-hint = Three questions about your prescriber. They are not told your answers.
visit-effort-understand = How much effort was made to help you understand your health issues?
visit-effort-listen = How much effort was made to listen to the things that matter most to you about your health issues?
visit-effort-include = How much effort was made to include what matters most to you in choosing what to do next?
visit-effort = { $n ->
    [0] No effort was made
    [1] A little effort was made
    [2] Some effort was made
    [3] A lot of effort was made
   *[4] Every effort was made
  }
visit-effort-source = CollaboRATE (Elwyn and others, 2013), CC BY-NC-ND 3.0

## What of it is shared

visit-shown = The visit to the prescriber
visit-shown-on = On { $date }
visit-shown-words = To say
visit-shown-questions = To ask
visit-shown-way = What gets in the way
visit-shown-decided = What was decided
visit-shown-step = One step
visit-shown-review = Looked at again on { $date }
