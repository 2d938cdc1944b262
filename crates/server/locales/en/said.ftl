# reviewed: source
said-saved = Saved.

# reviewed: source
said-to-approve = Saved. It waits under Approve for another person.

# reviewed: source
said-to-reader = Saved. It waits under Approve for a second reader.

# reviewed: source
said-declined = Saved. It is not referred.

# reviewed: source
said-deferred = Put off. It comes back when the others are done or something new joins it.

# reviewed: source
said-passed = Passed on. It stays in the queue for the others.

# reviewed: source
said-agreed = Confirmed. What passes the checks goes out; what a third person must look at waits under Sent.

# reviewed: source
said-proved = Code accepted. What you were about to do is not done yet: do it now.

# reviewed: source
said-checking = It is being checked again. Load the page in a moment.

# reviewed: source
said-returned = Sent back to its author.

# reviewed: source
said-withdrawn = Withdrawn. The provider is told.

# reviewed: source
said-handed-in = The file is handed in. What was read of it stands below.

# reviewed: source
said-discarded = The file is discarded. Nothing of it was read in.

# reviewed: source
said-mapping-forgotten = The mapping is forgotten. The next such file asks for it again.

# reviewed: source
said-contact-in-force = The address is in force. What waited for it is looked at again.

# reviewed: source
said-contact-waits = The new address waits for a second person, on the page of the agency. Until then the old one stays in force.

# reviewed: source
said-quiet-on = Quiet mode is on. Letters to this provider are gathered and go once a week.

# reviewed: source
said-quiet-off = Quiet mode is off. Letters to this provider go at once again.

# reviewed: source
said-reminded = Today’s reminders are started.

# reviewed: source
said-informed = Your answer is on its way to the provider.

# reviewed: source
said-imported = The list is imported. Its bank stands below.

# reviewed: source
said-signal-withdrawn = The signal is withdrawn. Nothing new is matched with it.

# reviewed: source
said-opinion-for = The signal is upheld and matches again.

# reviewed: source
said-opinion-against = The signal is disputed. It matches nothing new until somebody upholds it or takes it back.

# reviewed: source
said-held = The hold is set. Others see it before they refer.

# reviewed: source
said-answered = Your answer is on its way to the sender.

# reviewed: source
said-answered-all = Your answer is on its way, for each letter that was ticked.

# reviewed: source
said-asked-again = The sender is asked to look at it again.

# reviewed: source
said-contested = The referral is contested. A person of the sender decides.

# reviewed: source
said-confirmed = Confirmed. What was proposed is in force.

# reviewed: source
said-dropped = The proposal is dropped. Nothing changes.

# reviewed: source
said-roles = The roles are saved. What needs a second person waits for one.

# reviewed: source
said-closed = The account is closed.

# reviewed: source
said-protected = The host is on the list of protected hosts.

# reviewed: source
said-unprotected = The host is no longer on the list of protected hosts.

# reviewed: source
said-plan-sealed = Sealed: the ledger keeps the plan and what it predicts.

# reviewed: source
said-noted = Noted, with its source.

# reviewed: source
refusal-said = It was not done.

# reviewed: source
reason-shift = Queue of my shift

# reviewed: source
reason-operation = Joint operation

# reviewed: source
reason-second = Second opinion on a colleague's work

# reviewed: source
reason-quality = Check of quality or of a complaint

# reviewed: source
enrol-unequal = The two passwords are not the same.

# reviewed: source
mail-title = A message for you

# reviewed: source
mail-how = Opening it tells the sender that you received it. Nothing else follows from it.

# reviewed: source
mail-go = Open the message

# reviewed: source
mail-received = You received this message

# reviewed: source
mail-answer = You can answer here, for all items or for some of them.

# reviewed: source
intake-find-out = Find out from the file's name

# reviewed: source
figure-sent = Referrals sent

# reviewed: source
figure-sent-means = Messages to a provider, each with one or more items.

# reviewed: source
figure-answered = Referrals answered

# reviewed: source
figure-answered-means = Every item of the message has a final answer.

# reviewed: source
figure-withdrawn = Referrals withdrawn

# reviewed: source
figure-withdrawn-means = Taken back by the sender after they were made.

# reviewed: source
figure-contested = Contests received

# reviewed: source
figure-contested-means = Sent with the reference of a referral, by this page or by a provider.

# reviewed: source
subject-was-seen = Seen by a source

# reviewed: source
subject-unsealed = Not sealed yet: sealing follows before sending

# reviewed: source
mail-answered = Your answer was recorded for the sender.

# reviewed: source
figure-repaired = Referrals withdrawn and restored

# reviewed: source
figure-repaired-means = The provider said that what was withdrawn is back.

# reviewed: source
figure-repair = Time to repair, in hours

# reviewed: source
figure-repair-means = From the first sending of the wrong message to the last restoration: the median. Every hour begun counts.

# reviewed: source
queue-unconfirmed = Withdrawals without receipt

# reviewed: source
queue-telephone = Telephone now

# reviewed: source
sender-unlisted = Not found in the register of authorities

# reviewed: source
sender-unlisted-why = The register is the published list of authorities that may send under the Regulation. The signature is right, but this sender is not on it: before you act, ask the authority by a way that you know from elsewhere whether the letter is theirs.

# reviewed: source
provider-reminders = Reminders that wait for you

# reviewed: source
provider-reminders-start = Send today’s reminders

# reviewed: source
refusal-written = What you wrote, to be copied

# reviewed: source
reason-moderation = Moderation: to answer what we were sent

# reviewed: source
reason-complaint = A user’s complaint

# reviewed: source
reason-duty = A legal duty, such as a statement of reasons

# reviewed: source
reason-audit = Audit, transparency report

# reviewed: source
said-lifted = The hold is lifted.

# reviewed: source
figure-up-to = up to { $n }

# reviewed: source
said-plan-queued = Put in the queue. What has too few approved assessments of its content waits outside; the plan says how many.

# reviewed: source
said-analysis-opened = The sensitive analysis is open.

# reviewed: source
said-analysis-closed = The sensitive analysis is closed.

# reviewed: source
said-marked = Marked. The mark is erased after 90 days, and you can take it back before.

# reviewed: source
said-unmarked = The mark was taken back.
