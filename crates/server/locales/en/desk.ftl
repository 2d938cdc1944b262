### Queue, approve, sent, subject, search.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
queue-question = What next?

# reviewed: source
queue-search = Number, language, kind or service

# reviewed: source
lane-threat = Threat to life

# reviewed: source
lane-threat-none = none waiting

# reviewed: source
lane-assess = To assess

# reviewed: source
lane-by-urgency = by urgency

# reviewed: source
queue-last = Nothing waits behind it.

# reviewed: source
queue-more = The first { $n } of { $of }. The search above finds the others.

# reviewed: source
queue-more-found = The first { $n } of what is found. Look for more of it.

# reviewed: source
queue-choose = Choose a cluster.

# reviewed: source
queue-choose-how = The first row is the most urgent. Opening it keeps it with you for ten minutes.

# reviewed: source
queue-cluster-is = A cluster is the same content in several places.

# reviewed: source
queue-empty = The queue is empty.

# reviewed: source
queue-no-hit = Nothing in the queue matches “{ $text }”.

# reviewed: source
queue-show-all = Show the whole queue

# reviewed: source
queue-read = { $n ->
        [one] { $n } source was
       *[other] { $n } sources were
    } read at { $time }.

# reviewed: source
queue-next = The next comes at { $time }.

# reviewed: source
queue-no-source = No source is set up. Drop a file to begin.

# reviewed: source
queue-proposed = { $name } approved this finding on the same content. Confirm the context of each item below.

# reviewed: source
copies-on = { $n ->
        [one] { $n } copy
       *[other] { $n } copies
    } on { $services }

# reviewed: source
services-on = { $n ->
        [one] { $n } service
       *[other] { $n } services
    }

# reviewed: source
state-to-assess = To assess, with you since

# reviewed: source
state-first-seen = First seen

# reviewed: source
fact-address = Address

# reviewed: source
fact-account = Account

# reviewed: source
fact-open-to = Open to

# reviewed: source
audience-open = everyone

# reviewed: source
audience-auto-join = everyone who joins

# reviewed: source
audience-human-admitted = people somebody admits

# reviewed: source
audience-private = a private circle

# reviewed: source
audience-unsure = unsure

# reviewed: source
urgency-question = How urgent?

# reviewed: source
urgency-normal = in its turn

# reviewed: source
urgency-spreading = it spreads

# reviewed: source
urgency-threat = threat to life

# reviewed: source
context-title = Context

# reviewed: source
context-note = of these items, not of the content

# reviewed: source
items-title = 
    { $n ->
        [one] Does it cover this item?
       *[other] Which of { $n } items does it cover?
    }

# reviewed: source
items-note = untick what is not the same; what joins later is not sent

# reviewed: source
items-apart = What is not ticked differs in who can see it, or was taken out: it comes back to the queue, to be decided apart.

# reviewed: source
items-decided = { $n ->
    [one] 1 item was decided before and is not shown.
   *[other] { $n } items were decided before and are not shown.
}

# reviewed: source
evidence-first = Seen first

# reviewed: source
evidence-bytes = The same file

# reviewed: source
evidence-picture = A picture like it: { $n } of { $of } bits apart

# reviewed: source
evidence-text = The same text

# reviewed: source
evidence-address = The same address

# reviewed: source
evidence-by-hand = Put here by a person

# reviewed: source
evidence-places = The same picture, edited: { $n } places agree

# reviewed: source
evidence-quoted = Its words stand in this text: { $n } % of it

# reviewed: source
evidence-part = A part of the same text: { $n } % of it

# reviewed: source
evidence-link = The same link

# reviewed: source
copy-region = The marked part is where the first picture lies in this one

# reviewed: source
copy-bordered = with a border

# reviewed: source
copy-in-page = inside a page

# reviewed: source
copy-cut = cut at the sides

# reviewed: source
copy-mirrored = mirrored

# reviewed: source
copy-turned = turned

# reviewed: source
item-protected = The host may be a publisher’s: press, archive, library, university. What informs, teaches or studies is exempt. Ticked by hand only.

# reviewed: source
item-publisher = Publisher, if any

# reviewed: source
why-title = Why it is here

# reviewed: source
why-note = a reason to look, not a decision

# reviewed: source
why-nothing = Nothing matches now: a person put it in, or what matched was withdrawn.

# reviewed: source
before-title = Decided before

# reviewed: source
before-none = Nothing yet on this content.

# reviewed: source
asked-title = Others asked

# reviewed: source
asked-not-yet = No objection of others is known.

# reviewed: source
spread-title = Spread

# reviewed: source
spread-unit = copies an hour

# reviewed: source
spread-last = The last hour begins

# reviewed: source
spread-by = Counted by when a copy was posted; where that is not known, by when it was first seen.

# reviewed: source
provider-title = Provider

# reviewed: source
provider-name = Name

# reviewed: source
provider-zone = Their zone

# reviewed: source
provider-reads = Reads

# reviewed: source
provider-open = Open

# reviewed: source
provider-others = Other providers

# reviewed: source
decide-label = Decide

# reviewed: source
queue-returned = Sent back:

# reviewed: source
decide-not = Not terrorist content

# reviewed: source
decide-exempt = Exempt

# reviewed: source
decide-second = Second reader

# reviewed: source
decide-later = Later

# reviewed: source
decide-pass = Pass on, no reason asked

# reviewed: source
decide-save = Save: refer it

# reviewed: source
decide-save-exempt = Save as exempt

# reviewed: source
missing-one = 1 answer missing

# reviewed: source
missing-some = answers missing

# reviewed: source
short-one = 1 answer too short

# reviewed: source
short-some = answers too short

# reviewed: source
approve-question = Do you agree?

# reviewed: source
approve-empty = No letter waits for you.

# reviewed: source
waits-for-another = waits for another person

# reviewed: source
approve-empty-next = What you assessed yourself waits for somebody else.

# reviewed: source
approve-letter = The letter

# reviewed: source
approve-side = Assessment and findings

# reviewed: source
approve-as-seen = As { $name } will see it, in { $language }

# reviewed: source
decisions-waiting = { $n ->
        [one] { $n } decision waits
       *[other] { $n } decisions wait
    }

# reviewed: source
wait-for-you = { $n ->
        [one] { $n } waits for you
       *[other] { $n } wait for you
    }

# reviewed: source
approve-author = Assessed by

# reviewed: source
approve-second = Second reader

# reviewed: source
approve-content = Content

# reviewed: source
approve-hold = Hold to see

# reviewed: source
approve-subject = Subject

# reviewed: source
approve-subject-open = What happened to it

# reviewed: source
approve-checked = Checked before sending

# reviewed: source
approve-others = Also waiting

# reviewed: source
approve-return = Return with a reason

# reviewed: source
approve-return-why = Why do you not agree?

# reviewed: source
approve-return-go = Return it

# reviewed: source
approve-own = You wrote this assessment. Another person must agree.

# reviewed: source
approve-stopped = A rule stops it. Return it with a reason.

# reviewed: source
approve-undo = You can withdraw it under Sent at any time.

# reviewed: source
approve-go = 
    Agree and send { $n ->
        [one] { $n } item
       *[other] { $n } items
    }

# reviewed: source
approve-go-third = 
    { $third ->
        [one] Agree: { $third } item of { $n } waits for a third person
       *[other] Agree: { $third } items of { $n } wait for a third person
    }

# reviewed: source
sent-question = What is open, and who owes what?

# reviewed: source
lane-referrals = Referrals

# reviewed: source
lane-referrals-note = voluntary, no deadline

# reviewed: source
lane-orders = Removal orders

# reviewed: source
lane-orders-none = none, counted apart

# reviewed: source
sent-search = Provider, host or number

# reviewed: source
sent-groups = What waits for whom

# reviewed: source
sent-group-all = All

# reviewed: source
sent-group-held = Held back

# reviewed: source
sent-group-open = No answer yet

# reviewed: source
sent-group-ended = Ended

# reviewed: source
sent-older = Show older ones

# reviewed: source
sent-none = Nothing was sent yet.

# reviewed: source
sent-shown = { $shown } of { $all } shown, newest first

# reviewed: source
sent-choose = Choose a referral.

# reviewed: source
sent-choose-how = Its answers, its rechecks and its letter open beside the list.

# reviewed: source
sent-final = { $n } of { $all } answered

# reviewed: source
sent-waiting = Waits to be sent

# reviewed: source
sent-received = Receipt is there

# reviewed: source
sent-delivered = Delivered by mail

# reviewed: source
sent-answered = Answered

# reviewed: source
sent-asks = Asks us

# reviewed: source
sent-withdrawn = Withdrawn

# reviewed: source
sent-no-answer = No answer, none is owed

# reviewed: source
sent-closed = Closed

# reviewed: source
sent-review = Under review

# reviewed: source
sent-failed = Not sent, we try again

# reviewed: source
sent-items = Items

# reviewed: source
sent-items-note = answers stand item by item

# reviewed: source
item-answer = Answer

# reviewed: source
item-live = Last recheck

# reviewed: source
item-elsewhere = Returned at

# reviewed: source
sent-letter = The letter

# reviewed: source
sent-letter-open = Read the letter as it was sent

# reviewed: source
sent-letter-draft = Read the letter as it would be sent

# reviewed: source
happened = What happened

# reviewed: source
referral-made = Confirmed by a second person

# reviewed: source
sent-question-title = They ask

# reviewed: source
sent-reply = Your answer

# reviewed: source
sent-reply-go = Send this answer

# reviewed: source
sent-receivers = Who received it

# reviewed: source
withdrawal-acknowledged = withdrawal acknowledged

# reviewed: source
withdrawal-open = withdrawal not acknowledged yet

# reviewed: source
withdraw = Withdraw

# reviewed: source
withdraw-told = { $n ->
        [one] { $n } organisation that received it is told at once.
       *[other] { $n } organisations that received it are told at once.
    } You cannot undo it.

# reviewed: source
withdraw-why = In your words; whoever received it reads them

# reviewed: source
withdraw-go = Withdraw and tell { $n }

# reviewed: source
recheck-now = Check again now

# reviewed: source
sent-no-deadline = A referral has no deadline.

# reviewed: source
subject-page = Subject

# reviewed: source
subject-queue = Its cluster in the queue

# reviewed: source
subject-documents = Documents

# reviewed: source
subject-documents-none = Nothing sent or received yet.

# reviewed: source
subject-elsewhere = Same content elsewhere

# reviewed: source
subject-elsewhere-none = Nowhere else that we know.

# reviewed: source
subject-lineage = Where it came from

# reviewed: source
subject-lineage-none = No forward, reply or link is known.

# reviewed: source
subject-original = As found

# reviewed: source
subject-seal = Sealed

# reviewed: source
hold-set = Ask others to wait

# reviewed: source
hold-answer = What you ask

# reviewed: source
hold-wait = Hold it

# reviewed: source
hold-until-field = Until, your time

# reviewed: source
hold-go = Set the hold

# reviewed: source
search-question = Have we seen this?

# reviewed: source
search-label = Link, handle or text

# reviewed: source
search-picture = Or a picture

# reviewed: source
search-reason = Why do you ask? It is logged.

# reviewed: source
search-go = Look

# reviewed: source
search-found = What was found

# reviewed: source
search-none = Not seen before.

# reviewed: source
search-none-next = Nothing the same and nothing near. You can put it in.

# reviewed: source
search-same = The same

# reviewed: source
search-to-assess = to assess

# reviewed: source
search-pictures = Pictures that look like it

# reviewed: source
search-account = By this account

# reviewed: source
search-host = On this host

# reviewed: source
search-words = With these words

# reviewed: source
search-first-seen = first seen

# reviewed: source
search-similar = Clusters that hold what was found

# reviewed: source
queue-this-item = This item

# reviewed: source
queue-provider = Provider that gets the letter

# reviewed: source
queue-provider-note = of the first item

# reviewed: source
provider-left = { $n ->
        [one] { $n } more service, in the list of items
       *[other] { $n } more services, in the list of items
    }

# reviewed: source
spread-before = { $n ->
        [one] { $n } copy earlier
       *[other] { $n } copies earlier
    }

# reviewed: source
subject-elsewhere-left = { $n ->
        [one] { $n } more, in its cluster
       *[other] { $n } more, in its cluster
    }

# reviewed: source
why-others = Why other items of its cluster are here

# reviewed: source
why-nothing-here = Nothing matched this item itself; it is in a cluster with what did.

# reviewed: source
withdraw-cause = What was wrong

# reviewed: source
withdraw-example = For example: the second address belongs to another case.

# reviewed: source
cause-wrong-item = Another item was meant

# reviewed: source
cause-wrong-assessment = The assessment was wrong

# reviewed: source
cause-protected-expression = Protected expression

# reviewed: source
cause-duplicate = It was sent before

# reviewed: source
cause-sent-in-error = It should not have gone out

# reviewed: source
cause-court = A court said so

# reviewed: source
cause-other = Something else

# reviewed: source
odd-hidden = A character that shows nothing

# reviewed: source
odd-look-alike = A letter that looks like another

# reviewed: source
odd-note = Framed: letters that look like others, and the numbers of characters that show nothing.

# reviewed: source
hold-ours = Ours:

# reviewed: source
hold-set-by = set by { $name }, { $at }

# reviewed: source
hold-lift = Lift the hold

# reviewed: source
hold-default = Empty: { $n } hours, the most that a hold may last.

# reviewed: source
whole-grounds = Content on it that was assessed and approved

# reviewed: source
whole-least = cite at least { $n }

# reviewed: source
whole-few = It cannot be referred yet: { $n } of { $least } assessments are approved. Assess more of its content first.

# reviewed: source
whole-no-rank = A plan proposed it. Its rank is no reason and is not in the letter; what counts is what you write here.

# reviewed: source
whole-why = Why all of it

# reviewed: source
whole-why-note = and not only that content

# reviewed: source
whole-reason = Why referring only that content would not be enough, and what else stands there

# reviewed: source
whole-address = Address of its page, where its provider finds it

# reviewed: source
whole-decided = Decision
