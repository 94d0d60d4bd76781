### Safety, and what is said about medicines.
###
### `safety-*`: word for word from the project's pages on medicines and analysis; tests/safety_snapshot.json
### pins every one of them, and only they are exempt from the word list. `medicine-*`: our own plain words.

## The gate

safety-fits-question = Do any of these fit you?
safety-fits-under_18 = under 18
safety-fits-pregnant = pregnant
safety-fits-bipolar_or_psychosis = bipolar or psychosis
safety-fits-past_seizure = a past seizure
safety-fits-recent_attempt_or_hospital = a recent attempt or hospital stay
safety-fits-other_medicine_changed = another medicine changed lately
safety-fits-rather_not_say = rather not say
safety-fits-none = none

safety-skipping = Skipping or stopping this medicine can make you unwell. Fortnight never asks you to skip. If you are thinking of stopping, that matters: we can help you write it down for your prescriber.
safety-prescriber-knows = My prescriber knows there are days I do not take it. Told on { $date }
safety-prescriber-told = patient says prescriber was told
safety-weeks-and-months = What eases first without a medicine is often its side effects. What it protects against can return weeks or months later. Two weeks cannot see that.
safety-gate-as-needed = You take it on the days that are harder, so harder days and days with it go together, whatever it does.
safety-not-reviewed = not yet reviewed by a clinician
safety-not-checked = not checked

medicine-may-be-the-gap = A difference here may be the effect of a gap, so the most Fortnight can say is that it cannot tell.
medicine-prescriber-first = Notice only is the usual way with this medicine: your days are noticed, not compared.
medicine-observe-only = Gaps in this medicine can be risky, so its days are not compared. Noticing still helps, and you can bring it to your prescriber.
medicine-pattern-open = Until you say whether you take it daily or now and then, days are only noticed.
medicine-daily = Taken daily, its days are not compared: we do not know enough about gaps in it. What you notice still counts.
medicine-not-meaningful = This medicine stays in the body so long that one day says nothing about it. So days are not compared. What you notice still counts.
medicine-fits-observe = With what you told us, days are noticed and not compared. Your notes are just as useful to talk about.
medicine-unknown = We do not know this medicine, so days are not compared. Everything else is here for you.
medicine-none-named = Without the name of the medicine, days are not compared. Everything else is here for you.
medicine-not-taking = You are not taking it now, so there are no days to compare. You can still notice how you are, and tell your prescriber.
medicine-too-short = In under ten days there is too little to compare. Your days are noticed just the same.
medicine-held = What stood in the way of comparing was changed after this fortnight had begun, so it stays “Notice only”. Once it is over, a new one can compare days.
medicine-no-half-life = We do not know how long this medicine stays in the body, so days are not compared. What you notice still counts.
medicine-pattern-question = Do you take it daily, or now and then?
medicine-pattern-daily = daily
medicine-pattern-as_needed = now and then
medicine-stays = It stays in the body: half is gone after about { $low } to { $high } hours.
medicine-stays-days = It stays in the body: half is gone after about { $low } to { $high } days.
medicine-stays-one-days = It stays in the body: half is gone after about { $days } days.
medicine-stays-one = It stays in the body: half is gone after about { $hours } hours.

## After a dose not taken (behind a quiet link; unfolded only with that medicine's own line)

safety-dose-not-taken = It happens. Don't take a double dose. For what to do next: your leaflet, pharmacist or prescriber.
safety-gap-clozapine = Two days without clozapine: call before you take it again.
safety-gap-alpha-agonist = Two doses not taken: call today.
safety-gap-opioid = Three days without it: call before you take it again.
safety-gap-lamotrigine = Five days without lamotrigine: call before you take it again.
safety-gap-lamotrigine-faster = Three days without lamotrigine, if you also take carbamazepine, phenytoin or the like: call before you take it again.
safety-gap-lithium = A day without lithium: call today.
safety-gap-daily = A day without it: call today.
safety-gap-alpha-blocker = Three days without it: call before you take it again.

## When self-observation steps aside

safety-nobody-watching = Nobody is watching this.
card-emergency-text = If you might act on these thoughts, or are in danger now, call your local emergency number.
safety-contact = contact your therapist or prescriber
safety-little-sleep = Little sleep with lots of energy can be an early sign of feeling too high, or come from a medicine. Call your prescriber today; if closed, the urgent line below.

card-thoughts-title = First, this
card-thoughts = You said yes to thoughts of being better off dead, or of hurting yourself. Thank you for writing it down. You do not have to be alone with it.
card-mood-title = These look like hard days
card-mood = You rated your mood very low on two days close together. You could contact your therapist or prescriber.
card-sleep-title = Little sleep, lots of energy
card-sleep = Little sleep with lots of energy can be an early sign of feeling too high, or come from a medicine. Call your prescriber today.
card-nobody = Nobody watches this, and nobody is told.
card-days-kept = Your days and dots are kept.
card-set-aside = Your days and dots are kept. Only the comparison is set aside, until you pick it up again.
card-own-plan = Your own plan
card-lines = Someone to talk to
card-urgent-line = The urgent line
card-health-line = Health line
card-danger = If you are in danger now, call your local emergency number.
card-quiet-thoughts = You said yes to these thoughts again.
card-quiet-mood = Still hard days?
card-quiet-sleep = Still little sleep with lots of energy? Call your prescriber today.
card-help-here = Help is here
card-resume = Pick the comparison up again
card-close = Close for now

## The chip "something new or worrying"

safety-chip = something new or worrying
card-worrying-question = What is it?
safety-worrying-seizure = seizure
safety-worrying-overdose = overdose
safety-worrying-fainting = fainting
safety-worrying-vomiting = vomiting
safety-worrying-diarrhoea = diarrhoea
safety-worrying-coarse-shaking = coarse shaking
safety-worrying-slurred-speech = slurred speech
safety-worrying-unsteadiness = unsteadiness
safety-worrying-fever = fever
safety-worrying-sore-throat = sore throat
safety-worrying-severe-constipation = severe constipation
safety-worrying-chest-pain = chest pain
safety-worrying-rash = rash
safety-worrying-fever-stiffness-confusion = fever with stiffness and confusion
safety-worrying-unbearable-restlessness = unbearable restlessness
safety-worrying-shaking-after-gap = shaking after a gap
safety-worrying-confusion-after-gap = confusion after a gap
safety-worrying-sweating-after-gap = sweating after a gap
safety-worrying-dizziness-after-gap = dizziness within 5 days of a gap
safety-worrying-electric-shocks-after-gap = electric-shock feelings within 5 days of a gap
safety-grade-emergency = emergency
safety-grade-today = today
safety-grade-visit = at the next visit
card-grade-emergency = Call your local emergency number now.
card-grade-today = Call your prescriber or pharmacist today. If they are closed, the urgent line below.
card-grade-today-no-line = Call your prescriber or pharmacist today. If they are closed and it gets worse, call your local emergency number.
card-grade-visit = Tell your prescriber at the next visit. If it gets worse, call sooner.

## The classes: name, and why

medicine-class-unknown = not known to us
medicine-reason-unknown = We do not know this medicine, so it is treated with the most care.
medicine-class-lithium = lithium
medicine-reason-lithium = Stopping lithium all at once raises the risk of a relapse, of mania and of self-harm. Guidance is to go down over at least 4 weeks, with the prescriber.
medicine-class-clozapine = clozapine
medicine-reason-clozapine = After more than 48 hours without it, clozapine is not started again without the prescriber. It is built up again from a very small dose.
medicine-class-benzodiazepine = benzodiazepine
medicine-reason-benzodiazepine = Stopping all at once after daily use can bring withdrawal. That can mean seizures, and they can be a danger to life.
medicine-class-z-drug = sleeping tablet of the Z kind
medicine-reason-z-drug = Stopping all at once after daily use can bring withdrawal. That can mean seizures, and they can be a danger to life.
medicine-class-lamotrigine = lamotrigine
medicine-reason-lamotrigine = Coming off takes at least 2 weeks. After a long gap it is built up again from the start, to guard against a rash that can be serious.
medicine-class-antiepileptic = medicine against seizures
medicine-reason-antiepileptic = A gap can bring seizures or a relapse.
medicine-class-maoi = MAOI antidepressant
medicine-reason-maoi = Stopping can bring withdrawal. It acts on for about two weeks, and so do the limits on food and other medicines.
medicine-class-maoi-reversible = reversible MAOI antidepressant
medicine-reason-maoi-reversible = Stopping can bring withdrawal. It wears off within hours, without the two weeks of the older ones.
medicine-class-alpha-agonist = clonidine or guanfacine
medicine-reason-alpha-agonist = After a gap, blood pressure can jump up.
medicine-class-alpha-blocker = alpha-blocker
medicine-reason-alpha-blocker = After several days without, the first dose can make a person faint. It is started again low, with the prescriber.
medicine-class-disulfiram = disulfiram
medicine-reason-disulfiram = It reacts with alcohol, and it stays in the body for days.
medicine-class-naltrexone = naltrexone
medicine-reason-naltrexone = The body has lost its tolerance to opioids, so without it they are far stronger.
medicine-class-beta-blocker = beta-blocker
medicine-reason-beta-blocker = After daily use, a gap can bring chest pain and a racing heart.
medicine-class-opioid = opioid
medicine-reason-opioid = After 3 days without it, tolerance falls. The usual dose can then be an overdose.
medicine-class-gabapentinoid = gabapentin or pregabalin
medicine-reason-gabapentinoid = After daily use, a gap can bring withdrawal and seizures.
medicine-class-antipsychotic = antipsychotic
medicine-reason-antipsychotic = A relapse can come weeks later. Poor sleep, feeling sick and restless movements can come at once.
medicine-class-antipsychotic-long = long-lasting antipsychotic
medicine-reason-antipsychotic-long = It stays in the body for many days, so single days cannot be told apart. A relapse can come weeks later.
medicine-class-long-acting = injection, implant or patch
medicine-reason-long-acting = It acts on for days, weeks or months, so “took it today” has no meaning. Noting the dates and how you are is what helps.
medicine-class-short-antidepressant = antidepressant that wears off fast
medicine-reason-short-antidepressant = Feeling unwell from a gap often starts within 1 to 3 days. This group is known for it.
medicine-class-antidepressant = antidepressant
medicine-reason-antidepressant = Taking it every other day is likely to bring the effects of a gap. It also stays in the body for more than a day.
medicine-class-bupropion = bupropion
medicine-reason-bupropion = It brings little withdrawal. It is never doubled up.
medicine-class-long-antidepressant = long-lasting antidepressant
medicine-reason-long-antidepressant = It stays in the body so long that days with and days without run into each other.
medicine-class-atomoxetine = atomoxetine
medicine-reason-atomoxetine = Its effect builds over weeks.
medicine-class-stimulant = stimulant
medicine-reason-stimulant = Its effect lasts the day, and there can be a dip as it wears off.
medicine-class-as-needed = sleep or calming medicine
medicine-reason-as-needed = It is taken because the day is hard, so hard days and days with it go together.

## The class's own line

medicine-own-lithium = A day without lithium is worth a call to your prescriber or pharmacist.
medicine-own-clozapine = After 48 hours without clozapine, call before you take it again.
medicine-own-benzodiazepine = If you take it daily, a day without it is worth a call.
medicine-own-lamotrigine = After five days without lamotrigine, call before you take it again. With carbamazepine, phenytoin or the like it is three days.
medicine-own-antiepileptic = A day without it is worth a call to your prescriber or pharmacist.
medicine-own-maoi = The limits on food and other medicines go on for two weeks after the last dose.
medicine-own-alpha-agonist = After two doses not taken, call the same day.
medicine-own-alpha-blocker = After three days without it, call before you take it again.
medicine-own-disulfiram = It reacts with alcohol, and it stays in the body for days.
medicine-own-naltrexone = After naltrexone, opioids are far stronger than before.
medicine-own-beta-blocker = If you take it daily, talk to your prescriber before any change.
medicine-own-opioid = After three days without it, call before you take it again.
medicine-own-gabapentinoid = If you take it daily, a day without it is worth a call.

## Facts for the stopping card, on request

medicine-fact-lithium-1 = Stopping lithium all at once raises the risk of a relapse, of mania and of self-harm.
medicine-fact-lithium-2 = Guidance is to go down over at least 4 weeks, with the prescriber.
medicine-fact-clozapine-1 = After more than 48 hours without it, clozapine is not started again without the prescriber.
medicine-fact-benzodiazepine-1 = After daily use, stopping all at once can bring withdrawal. That can mean seizures, and they can be a danger to life.
medicine-fact-lamotrigine-1 = After more than five days or so without it, lamotrigine is built up again from the start.
medicine-fact-lamotrigine-2 = This guards against a rash that can be serious.
medicine-fact-antiepileptic-1 = A gap can bring seizures or a relapse.
medicine-fact-maoi-1 = Stopping can bring withdrawal.
medicine-fact-maoi-2 = The limits on food and other medicines go on for about two weeks after the last dose.
medicine-fact-alpha-agonist-1 = After a gap, blood pressure can jump up.
medicine-fact-alpha-blocker-1 = After several days without, the first dose can make a person faint.
medicine-fact-disulfiram-1 = It reacts with alcohol, and it stays in the body for days.
medicine-fact-naltrexone-1 = The body has lost its tolerance to opioids, so the amount of before can be an overdose.
medicine-fact-beta-blocker-1 = After daily use, a gap can bring chest pain and a racing heart.
medicine-fact-opioid-1 = After three days without it, tolerance falls, and the usual dose can be an overdose.
medicine-fact-gabapentinoid-1 = After daily use, a gap can bring withdrawal and seizures.
medicine-fact-antipsychotic-1 = A relapse can come weeks after the last dose.
medicine-fact-antipsychotic-2 = Poor sleep, feeling sick and restless movements can come soon after a stop.
medicine-fact-long-acting-1 = It goes on acting for weeks to months after the last one.
medicine-fact-short-antidepressant-1 = Feeling unwell from a gap often starts within 1 to 3 days.
medicine-fact-antidepressant-1 = Dizziness or electric-shock feelings can come within days of a gap.
medicine-fact-antidepressant-2 = Feeling worse after a gap can come from the gap; feeling better can be for a while.
medicine-fact-bupropion-1 = It brings little withdrawal.
medicine-fact-long-antidepressant-1 = It leaves the body over weeks, so changes can come late.
medicine-fact-atomoxetine-1 = Its effect builds over weeks.
medicine-fact-stimulant-1 = Its effect lasts the day, and there can be a dip as it wears off.
