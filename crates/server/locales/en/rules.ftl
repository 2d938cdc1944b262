### Refusals and findings by their code, events by their word.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
rule-four-eyes = This is your own work. Another person must confirm it.

# reviewed: source
rule-not-here = There is no such thing here, or it is not yours to see.

# reviewed: source
rule-question-missing = Write what you ask under “Note to the sender”.

# reviewed: source
rule-own-number = Not registered. This is the sender’s own number, which anybody could guess. Needed is the reference for contesting: 32 digits and letters. It stands in the letter to the provider, in its mail and on its inbox page, under “Reference for contesting”.

# reviewed: source
rule-no-right = Your roles do not include this. An administrator can grant it.

# reviewed: source
rule-no-right-named = Your roles do not include “{ $right }”. An administrator of your agency can grant it.

# reviewed: source
rule-read-needs-reason = Say why you read this. It is kept with the read.

# reviewed: source
rule-bad-transition = This cannot be done any more as it stands. Load the page again.

# reviewed: source
rule-withdrawn = The sender took this referral back. It needs no answer any more.

# reviewed: source
rule-reader-text = A second reader writes their own reasons, 10 to 1000 characters.

# reviewed: source
rule-hold-too-long = The end of the hold is out of range. Choose an earlier one.

# reviewed: source
rule-kind-missing = Tick at least one kind of content and say why.

# reviewed: source
rule-statement-length = The reason for a kind is too short or too long.

# reviewed: source
rule-pinpoint-missing = Say where it is found: a time code, a page or a quotation.

# reviewed: source
rule-danger-required = “Incites” needs its own words on the danger. A copy of the reason is not enough.

# reviewed: source
rule-offence-unknown = This offence is not on the list.

# reviewed: source
rule-offence-refs = Name at least one offence for kinds 2 to 5.

# reviewed: source
rule-private-audience = Private communication is outside this work and is not assessed.

# reviewed: source
rule-exemption-missing = A question on exemption has no answer. Answer it.

# reviewed: source
rule-exemption-text = The text of an exemption answer is too short or too long.

# reviewed: source
rule-exemption-yes = An exemption is answered “yes”: this cannot be referred. Save it as exempt, or take the item out.

# reviewed: source
rule-exempt-without-yes = To save as exempt, answer “yes” to the question that applies.

# reviewed: source
rule-purpose-text = The purpose or the context is too short or too long: 10 to 1000 characters.

# reviewed: source
rule-eu-listed-author = Say no, yes or unknown for the author on the Union list.

# reviewed: source
rule-no-items = Confirm at least one item. Nothing is decided for items that were not looked at.

# reviewed: source
rule-too-many-items = Too many items at once. Confirm fewer.

# reviewed: source
rule-not-alike = Only items with the same audience and publisher can be confirmed together. Decide the others apart.

# reviewed: source
rule-collection-page = The address is a collection page, not an item. Give the address of each item.

# reviewed: source
rule-grounds = An account or channel needs approved assessments of content on it first.

# reviewed: source
rule-hold = An agency asks to wait. The item is left out until the hold ends.

# reviewed: source
rule-sent-before = The same item went to this provider before. Nothing is sent twice.

# reviewed: source
rule-gone = The address no longer shows the item. There is nothing to refer.

# reviewed: source
rule-redirected = The address leads somewhere else. Check that the provider is the right one.

# reviewed: source
rule-not-looked-at = The address could not be looked at before sending.

# reviewed: source
rule-not-sealed = The original is not sealed yet. It is sealed first; then the message goes.

# reviewed: source
rule-protected-host = The host looks like a library, an archive, a newsroom, a parliament or a university. Look again.

# reviewed: source
rule-missing-contact = No contact point of this provider is known. A coordinator enters one on the provider’s page.

# reviewed: source
rule-sender-identity = This agency has no confirmed name, capacity or signing key to send under. An administrator sets them.

# reviewed: source
rule-first-referral = This would be the first referral to this provider. A coordinator confirms the contact and the load.

# reviewed: source
rule-host-burst = Much new content on one host within days. A colleague has a look first.

# reviewed: source
rule-provider-burst = Much new content to one provider in a day. A colleague has a look first.

# reviewed: source
rule-avms = This is an audiovisual media service: Directive 2010/13/EU prevails. A coordinator says why it is referred all the same.

# reviewed: source
rule-recipient-outside = A service of this kind is outside the Regulation. A referral remains possible.

# reviewed: source
rule-no-union-link = This provider does not offer its services in the Union. A referral remains possible.

# reviewed: source
rule-union-link-reason = Say why the link of this provider to the Union is as entered.

# reviewed: source
rule-person-burst = Much new content approved by one person in a day. A colleague has a look first.

# reviewed: source
rule-contest-reasons = Say what is wrong; the text is too short or too long.

# reviewed: source
event-observed = Seen, from a file or a source

# reviewed: source
event-joined = Joined others with the same content

# reviewed: source
event-reappeared = Returned: the same content was decided before

# reviewed: source
event-deferred = Put off for later

# reviewed: source
event-saved-to-refer = Assessed, to be referred

# reviewed: source
event-saved-unsure = Assessed, with a doubt for a second reader

# reviewed: source
event-saved-declined = Assessed, not to be referred

# reviewed: source
event-read-clear = Second reader found no exemption

# reviewed: source
event-read-blocked = Second reader found it exempt

# reviewed: source
event-approved = Approved

# reviewed: source
event-returned = Returned with a reason

# reviewed: source
event-assessment-withdrawn = Assessment withdrawn

# reviewed: source
event-overtaken = Overtaken by a newer assessment

# reviewed: source
event-sealed = Original sealed

# reviewed: source
event-looked = Looked at again

# reviewed: source
event-contest-opened = Somebody contests it

# reviewed: source
event-hold-placed = An agency asked to wait

# reviewed: source
event-hold-lifted = The hold was taken back

# reviewed: source
event-hold-expired = The hold ended by itself

# reviewed: source
event-sent = Sent

# reviewed: source
event-receipted = Receipt received

# reviewed: source
event-received = Message received

# reviewed: source
event-answered = Answered by the provider

# reviewed: source
event-fallback = Sent by mail instead

# reviewed: source
event-undelivered = Could not be delivered

# reviewed: source
event-drafted = Letter written

# reviewed: source
event-enqueued = Waits to be sent

# reviewed: source
event-held-back = Held back by a check before sending

# reviewed: source
event-relayed = The mail server took it

# reviewed: source
event-progress = The provider looks at it

# reviewed: source
event-question = The provider asks something

# reviewed: source
event-informed = We answered the question

# reviewed: source
event-outcome = Every item is answered

# reviewed: source
event-partial-outcome = Some items are answered

# reviewed: source
event-reminded = Reminded

# reviewed: source
event-ladder-end = No more reminders

# reviewed: source
event-gone = Gone at a recheck

# reviewed: source
event-withdrawn = Withdrawn, everybody was told

# reviewed: source
event-all-acknowledged = Everybody acknowledged the withdrawal

# reviewed: source
event-closed = Closed

# reviewed: source
event-signal-added = Signal added

# reviewed: source
event-signal-disputed = Signal disputed

# reviewed: source
event-signal-upheld = Signal upheld

# reviewed: source
event-signal-fuse = Signal stopped by its fuse

# reviewed: source
event-signal-withdrawn = Signal withdrawn

# reviewed: source
event-bank-import-begun = Import of a bank begun

# reviewed: source
event-bank-imported = Bank imported

# reviewed: source
event-agency-founded = Agency founded

# reviewed: source
event-agency-key-made = Signing key made

# reviewed: source
event-agency-list-proposed = Closed list proposed

# reviewed: source
event-agency-list-enabled = Closed list enabled

# reviewed: source
event-agency-list-dropped = Closed list not enabled

# reviewed: source
event-agency-list-ended = Closed list ended

# reviewed: source
event-bank-made = Bank made

# reviewed: source
event-bank-exported = Bank exported

# reviewed: source
event-batch-interrupted = Intake was interrupted

# reviewed: source
event-cluster-left = An item left the cluster

# reviewed: source
event-cluster-matched = Matched what is known

# reviewed: source
event-cluster-merged = Clusters were merged

# reviewed: source
event-cluster-merged-into = Merged into another cluster

# reviewed: source
event-cluster-split = Cluster was split

# reviewed: source
event-cluster-split-off = Split off from another cluster

# reviewed: source
event-erasure-forgotten = Forgotten at the end of its time

# reviewed: source
event-export-backup = Backup made

# reviewed: source
event-export-log-read = The log of reads was read

# reviewed: source
event-message-duty-alert = The desk on duty was alerted

# reviewed: source
event-message-joined = Joined a case

# reviewed: source
event-message-notice-failed = A notice to the provider’s own system failed

# reviewed: source
event-message-receipt-given = Receipt given

# reviewed: source
event-operation-begun = Joint operation begun

# reviewed: source
event-plan-sealed = Plan sealed with its prediction

# reviewed: source
event-host-noted = Note about a host

# reviewed: source
event-person-disabled = Access taken away

# reviewed: source
event-person-enrolled = Enrolled

# reviewed: source
event-person-invited = Invited

# reviewed: source
event-person-link-made = New enrolment link made

# reviewed: source
event-person-locked = Locked after wrong tries

# reviewed: source
event-person-role-dropped = Role proposal dropped

# reviewed: source
event-person-role-proposed = Role proposed

# reviewed: source
event-person-signed-in = Signed in

# reviewed: source
event-person-signed-out = Signed out

# reviewed: source
event-person-stepped-up = Proved identity again

# reviewed: source
event-provider-contact-proposed = Contact proposed

# reviewed: source
event-provider-contact-dropped = Contact proposal dropped

# reviewed: source
event-provider-confirmed = Contact confirmed

# reviewed: source
event-provider-load-confirmed = Load confirmed

# reviewed: source
event-provider-prefers = Provider’s wishes noted

# reviewed: source
event-provider-reminders-started = Reminders started

# reviewed: source
event-referral-answered-after-withdrawal = Answered after the withdrawal

# reviewed: source
event-referral-preflight-asked = Checks before sending asked for again

# reviewed: source
event-referral-readdressed = Sent to a new contact

# reviewed: source
event-referral-reinstated = Put back after a withdrawal

# reviewed: source
event-by = { $what }, by { $name }

# reviewed: source
event-letter-approved = Letter confirmed

# reviewed: source
event-contest-upheld = A contest was upheld

# reviewed: source
event-contest-refused = A contest was refused

# reviewed: source
happened-times = { $what }, { $n } times

# reviewed: source
right-intake = Put content in

# reviewed: source
right-read = Read the queue and what was sent

# reviewed: source
right-search = Search

# reviewed: source
right-read-network = See the network of assessed content

# reviewed: source
right-assess = Assess

# reviewed: source
right-approve = Approve

# reviewed: source
right-withdraw = Withdraw what was sent

# reviewed: source
right-hold = Ask others to wait

# reviewed: source
right-manage-signals = Keep banks and signals

# reviewed: source
right-manage-providers = Keep the provider book

# reviewed: source
right-manage-operation = Lead an operation

# reviewed: source
right-read-inbox = Read a provider’s inbox

# reviewed: source
right-answer = Answer for a provider

# reviewed: source
right-read-reports = Read reports

# reviewed: source
right-read-ledger = Read the ledger

# reviewed: source
right-read-log = Read the log of reads

# reviewed: source
right-manage-access = Keep people and their roles

# reviewed: source
right-own-account = Keep one’s own account

# reviewed: source
event-receipted-again = Another receipt of the same message

# reviewed: source
event-original-missing = An answer came to a message that is not here

# reviewed: source
event-edited = Letter changed

# reviewed: source
event-rejected = Letter rejected

# reviewed: source
event-role-given = Role given

# reviewed: source
event-role-taken = Role taken away

# reviewed: source
event-protected = Host put on the list of protected hosts

# reviewed: source
event-unprotected = Host taken off the list of protected hosts

# reviewed: source
event-provider-changed = Entry of the provider book changed

# reviewed: source
rule-grounds-many = Too many assessments are cited. Tick those that say most.

# reviewed: source
rule-grounds-unknown = An assessment that is cited is not approved, is not of content on it, or is cited twice. Tick those of the list.

# reviewed: source
rule-whole-missing = A channel or account is referred with the assessments that it rests on and a reason of its own.

# reviewed: source
rule-whole-of-item = Only a channel or account rests on other assessments; this is an item.

# reviewed: source
rule-whole-address = The address of its page must be a web address on its own service.

# reviewed: source
rule-whole-merge = A channel or account is one by itself; it is joined with nothing.

# reviewed: source
rule-proportionality = Say why all of it is referred and not only that content, in your own words.

# reviewed: source
event-cluster-queued = Put in the queue as a whole

# reviewed: source
event-plan-queued = Accounts of a plan put in the queue

# reviewed: source
rule-analysis-not-open = This sensitive analysis is not open. An administrator opens it on the page Agency, with a purpose and the reference to its impact assessment.

# reviewed: source
right-read-leads = See leads of the sensitive analysis

# reviewed: source
event-analysis-opened = Sensitive analysis opened

# reviewed: source
event-analysis-sheet-read = A sheet of the sensitive analysis read

# reviewed: source
event-analysis-closed = Sensitive analysis closed

# reviewed: source
event-analysis-marked = A lead marked

# reviewed: source
event-analysis-unmarked = The mark of a lead taken back or erased

# reviewed: source
rule-hidden-characters = The text holds characters that are not seen: control characters, marks that turn the direction of writing, or a line break in a name. Take them out, or type it anew.

# reviewed: source
rule-bank-text = Give the bank’s name, origin and legal basis in 1 to 100 characters that can be seen.

# reviewed: source
rule-note-text = Write a fact of 1 to 500 and a source of 3 to 300 characters that can be seen.

# reviewed: source
rule-note-identification = Whether identification is needed is yes, no or unknown.

# reviewed: source
rule-note-standing = Only a hypothesis can be supported or refuted.

# reviewed: source
rule-network-days = Choose posts of the last 30, 90 or 365 days, or of all times.

# reviewed: source
rule-network-layers = Choose at least one kind of link: copies, forwards, mentions, posts into channels.

# reviewed: source
rule-too-large = What was sent is larger than this page takes. Send less at once.

# reviewed: source
rule-broken-form = The form with files cannot be read: it breaks off on its way. Send it again, whole.
