### What people do with the work of others: second reader, contests, conflicts, mappings, meanings of figures.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
approve-words = What it says

# reviewed: source
approve-yours = yours, for somebody else

# reviewed: source
approve-stopped-some = { $n ->
        [one] { $n } item is stopped by a rule.
       *[other] { $n } items are stopped by a rule.
    }

# reviewed: source
asked-clear = nobody objects

# reviewed: source
reading-title = A second reader is asked

# reviewed: source
reading-note = before anybody can agree

# reviewed: source
reading-asked = The author wants another pair of eyes and named no question.

# reviewed: source
reading-own = You wrote this. Another person reads it.

# reviewed: source
reading-no = No exemption: it can go to approval

# reviewed: source
reading-yes = It is exempt: nothing is sent

# reviewed: source
reading-unsure = I am in doubt too: nothing is sent

# reviewed: source
reading-text = Your own reasons, 10 to 1000 characters

# reviewed: source
reading-go = Save my reading

# reviewed: source
reading-first = A second reader answers first; then it can be agreed to.

# reviewed: source
preflight-again = Right before sending the address is looked at, the original is sealed, and all of this is checked again.

# reviewed: source
pass-hold = No other agency asks to wait.

# reviewed: source
pass-item = Each address is one item, not a collection page.

# reviewed: source
pass-once = None of it went to this provider before.

# reviewed: source
pass-contact = The contact point is known.

# reviewed: source
pass-host = The host shows no sign of press, archive, library or teaching.

# reviewed: source
pass-known = The provider has received from us before.

# reviewed: source
step-up-approve = You are about to agree. After the code you come back to the letter; press “a” to send it.

# reviewed: source
step-up-other = After the code you come back to where you were.

# reviewed: source
sent-held = Held back by the checks before sending

# reviewed: source
sent-held-again = Check again

# reviewed: source
sent-held-provider = Open the provider

# reviewed: source
sent-held-mended = Mended what held it back? A coordinator enters or changes a provider’s address on its page.

# reviewed: source
sent-checking = It is being checked. Load the page again in a moment.

# reviewed: source
sent-noted = What was noted before sending

# reviewed: source
sent-way = by

# reviewed: source
sent-question-none = They ask for information and wrote no words with it.

# reviewed: source
look-why = You looked at it. Why may it go? It is kept.

# reviewed: source
look-go = Let it go out

# reviewed: source
look-other = A coordinator who neither assessed nor confirmed it looks at this.

# reviewed: source
contests-title = Contests

# reviewed: source
contests-open = { $n ->
        [one] { $n } waits
       *[other] { $n } wait
    }

# reviewed: source
contests-go = To the contests

# reviewed: source
contests-question = Who says that we were wrong?

# reviewed: source
contests-note = A third person decides: neither who assessed the referral nor who confirmed it.

# reviewed: source
contests-none = Nobody contests a referral.

# reviewed: source
contests-none-next = Whoever has the reference of a referral can contest it on the public page.

# reviewed: source
contests-referral = Open the referral

# reviewed: source
contests-withdraw = The referral still stands. Withdraw it there.

# reviewed: source
contests-own = You assessed or confirmed it. Somebody else decides.

# reviewed: source
contests-coordinator = A coordinator decides.

# reviewed: source
contests-why = Why do you decide so? It is kept.

# reviewed: source
contests-uphold = They are right

# reviewed: source
contests-refuse = The referral was right

# reviewed: source
contest-waits = waits for a decision

# reviewed: source
contest-upheld = they were right

# reviewed: source
contest-refused = the referral was right

# reviewed: source
message-referral = Referral

# reviewed: source
message-outcome = Answer

# reviewed: source
message-information = Information

# reviewed: source
message-reminder = Reminder

# reviewed: source
message-withdrawal = Withdrawal

# reviewed: source
message-correction = Correction

# reviewed: source
message-contest = Contest

# reviewed: source
message-to = { $what } sent to { $name }

# reviewed: source
message-from = { $what } received from { $name }

# reviewed: source
message-receipted = receipt is there

# reviewed: source
said-read-clear = Saved. It can be agreed to now.

# reviewed: source
said-read-blocked = Saved. Nothing is sent; it waits in the queue for its author.

# reviewed: source
said-recheck = The items are looked at again in the next minutes.

# reviewed: source
said-looked = Kept. It goes out when nothing else holds it back.

# reviewed: source
said-undone = Undone. It waits in the queue again.

# reviewed: source
said-decided = Decided.

# reviewed: source
rule-conflict = It changed while you had it open. Both versions are shown; nothing was overwritten.

# reviewed: source
rule-leased = Another person has it open. It becomes free when they save, or after ten minutes.

# reviewed: source
rule-undo-over = Only your own last decision can be undone, and only while nobody else has read or confirmed it.

# reviewed: source
rule-not-sent = Only what was sent, and stands, is looked at again.

# reviewed: source
event-reopened = Back in the queue

# reviewed: source
event-recheck-asked = A look was asked for

# reviewed: source
conflict-state = Where it stands

# reviewed: source
conflict-open = open with you

# reviewed: source
queued-open = to assess, changed since you opened it

# reviewed: source
queued-deferred = put off

# reviewed: source
queued-awaits-reader = waits for a second reader

# reviewed: source
queued-awaits-approval = waits for a second person

# reviewed: source
queued-decided = decided

# reviewed: source
queued-left = no longer in the queue

# reviewed: source
queue-read-only = You can read this. It is not with you to be decided.

# reviewed: source
decided-refer = Refer

# reviewed: source
item-barred = it cannot be covered now

# reviewed: source
inbox-you = You

# reviewed: source
inbox-they = The sender

# reviewed: source
means-title = What the figures count

# reviewed: source
means-seen = Items that joined a cluster of this space; of an operation, within its time, as in its report.

# reviewed: source
means-assessed = Decisions that people saved and did not take back. Of the clusters each counts once, by its newest decision.

# reviewed: source
means-referred = Items in letters that went out, also those taken back later; an item sent to two providers counts twice. Of an operation, letters of its time.

# reviewed: source
means-answered = Of these, items with a final answer so far; “no action” is one.

# reviewed: source
means-services = The registrable host of each item referred.

# reviewed: source
means-languages = The language that was found when the item was first seen.

# reviewed: source
means-hold = Items that the unit asks others to leave for now.

# reviewed: source
means-pace = Decisions saved and final answers in each five minutes of the six hours up to the last of them; times are UTC.

# reviewed: source
wall-others = { $n ->
        [one] { $n } other
       *[other] { $n } others
    }

# reviewed: source
wall-nothing = Nothing yet.

# reviewed: source
contact-mail = E-mail

# reviewed: source
contact-none = no way is known

# reviewed: source
match-signals = { $n ->
        [one] { $n } signal
       *[other] { $n } signals
    }

# reviewed: source
approve-several = { $n ->
        [one] { $n } provider, its own letter
       *[other] { $n } providers, each a letter of its own with its own items
    }

# reviewed: source
capacity-referral-unit = Referral unit

# reviewed: source
capacity-eu-agency = Agency of the Union

# reviewed: source
capacity-trusted-flagger = Trusted flagger

# reviewed: source
basis-of-terms = under the provider’s own terms

# reviewed: source
edge-posted = posted by

# reviewed: source
edge-in-channel = in

# reviewed: source
edge-forwarded-from = forwarded from

# reviewed: source
edge-mentions = mentions

# reviewed: source
edge-links-to = links to

# reviewed: source
edge-tagged = tagged

# reviewed: source
mapping-discard = Do not read this file

# reviewed: source
mapping-kept = Mappings that are kept

# reviewed: source
mapping-kept-note = A file with the same columns is read by its mapping without a question.

# reviewed: source
mapping-forget = Forget

# reviewed: source
meaning-none = nothing, leave it out

# reviewed: source
meaning-url = address of the item

# reviewed: source
meaning-text = text of the item

# reviewed: source
meaning-author = handle of who posted it

# reviewed: source
meaning-author-name = name of who posted it

# reviewed: source
meaning-time = when it was posted

# reviewed: source
meaning-id = the source’s own number

# reviewed: source
meaning-service = host of the service

# reviewed: source
meaning-language = language

# reviewed: source
meaning-channel = group, channel or page

# reviewed: source
meaning-kind = post, video, picture, sound, document

# reviewed: source
meaning-media-url = address of a file

# reviewed: source
meaning-media-path = name of a file beside the list

# reviewed: source
meaning-sha256 = SHA-256 of a file

# reviewed: source
meaning-pdq = PDQ of a picture

# reviewed: source
meaning-quality = quality of the PDQ, 0 to 100

# reviewed: source
meaning-views = views or shares

# reviewed: source
meaning-links = addresses in the text

# reviewed: source
meaning-hashtags = hashtags

# reviewed: source
meaning-mentions = accounts named

# reviewed: source
meaning-audience = who can see it

# reviewed: source
approve-purpose = True purpose

# reviewed: source
queue-put-off = Put off

# reviewed: source
sent-looked = Let out by { $name }: “{ $why }”

# reviewed: source
sent-withdrawn-by = by { $name }

# reviewed: source
inbox-restored = It is back

# reviewed: source
inbox-not-restored = It stays as it is

# reviewed: source
sent-awaits-look = Waits for a third person

# reviewed: source
sent-stopped = What stops it

# reviewed: source
sent-stopped-note = it goes out only when this is mended

# reviewed: source
sent-asked-note = it may go out when a third person gives a reason

# reviewed: source
look-after = Whoever looks at this does so once nothing stops it any more.

# reviewed: source
asked-look-again = Asked to look again

# reviewed: source
asked-look-again-what = The provider thinks that it is wrong and asks you to look at it again. Answer it, or withdraw the referral.

# reviewed: source
counted-observed = items observed

# reviewed: source
counted-duplicates = known before

# reviewed: source
counted-set-aside = set aside

# reviewed: source
counted-refused = refused as private

# reviewed: source
counted-unique = unique items

# reviewed: source
counted-clusters = clusters

# reviewed: source
counted-matched = matched

# reviewed: source
counted-reappeared = reappeared

# reviewed: source
counted-assessments = assessments

# reviewed: source
counted-assessed = assessed

# reviewed: source
counted-identical-texts = identical texts

# reviewed: source
counted-approved = confirmed by a second person

# reviewed: source
counted-held-back = held back

# reviewed: source
counted-referrals = referrals

# reviewed: source
counted-referred = referred

# reviewed: source
counted-received = received

# reviewed: source
counted-answered = answered

# reviewed: source
counted-removed = removed by the provider

# reviewed: source
counted-no-action = no action

# reviewed: source
counted-needs-information = asked back

# reviewed: source
counted-unanswered = without a final answer

# reviewed: source
counted-withdrawn = taken back

# reviewed: source
counted-overturned = overturned

# reviewed: source
counted-reviewed = reviewed

# reviewed: source
counted-standing = standing

# reviewed: source
counted-gone = seen gone

# reviewed: source
counted-duplicates-sent = sent twice

# reviewed: source
counted-without-second-person = sent without a second person

# reviewed: source
counted-precision-after-review = right after review

# reviewed: source
counted-to-receipt = time to receipt

# reviewed: source
counted-to-answer = time to answer

# reviewed: source
counted-service = Service

# reviewed: source
counted-language = Language

# reviewed: source
counted-kind = Kind of subject

# reviewed: source
counted-agency = Agency

# reviewed: source
counted-hour = Hour (UTC)

# reviewed: source
counted-kind-item = Item

# reviewed: source
report-all-zero = Nothing was counted in this time. Work in a joint operation is counted in the report of the operation.
