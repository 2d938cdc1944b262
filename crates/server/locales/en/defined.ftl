# reviewed: source
defined-observed = Good records of intakes that ended in the window, repeated ones included.

# reviewed: source
defined-duplicates = Observed records that had been taken in before and added nothing.

# reviewed: source
defined-set-aside = Records that could not be read, each listed with place and reason at its intake.

# reviewed: source
defined-refused = Records of private communication, never taken in.

# reviewed: source
defined-unique = Different items that joined a cluster in the window.

# reviewed: source
defined-clusters = Different contents that these unique items belong to.

# reviewed: source
defined-matched = Unique items that agree with a signal of a bank; a match is a reason to look, never a decision.

# reviewed: source
defined-reappeared = Unique items that joined a cluster whose content had been decided and confirmed before.

# reviewed: source
defined-assessments = Assessments by a person, first saved in the window.

# reviewed: source
defined-assessed = Different items that these assessments are about.

# reviewed: source
defined-identical-texts = Assessments whose whole written text is the same as that of another assessment of the window.

# reviewed: source
defined-approved = Different items of assessments that were confirmed in the window and still are.

# reviewed: source
defined-held-back = Items confirmed in the window whose referral is not sent: the pre-flight, a hold or a missing contact keeps it.

# reviewed: source
defined-referrals = Messages put into the outbox in the window, signed, one a provider and assessment.

# reviewed: source
defined-referred = Items in these messages; an item that was sent again after a withdrawal counts again.

# reviewed: source
defined-received = Referred items whose provider gave a signed receipt, or whose mail was confirmed.

# reviewed: source
defined-answered = Referred items with a final answer of their provider.

# reviewed: source
defined-removed = Referred items whose last answer is removed, disabled everywhere or in the Union, or account suspended or closed. Content that went away without such an answer is not counted here.

# reviewed: source
defined-no-action = Referred items whose last answer is no action, a normal answer.

# reviewed: source
defined-needs-information = Referred items whose last answer is a question.

# reviewed: source
defined-unanswered = Referred items without a final answer so far; there is no deadline for one.

# reviewed: source
defined-withdrawn = Referred items whose referral was withdrawn by us.

# reviewed: source
defined-overturned = Referred items whose contest was upheld, or that the provider put back after complaint or review.

# reviewed: source
defined-reviewed = Referred items that were looked at again: withdrawn, contested and decided, or put back.

# reviewed: source
defined-standing = Referred items that are neither withdrawn nor overturned.

# reviewed: source
defined-gone = Referred items that two looks, 30 minutes apart, did not find any more. Who removed them is not known: authors also delete.

# reviewed: source
defined-duplicates-sent = Items sent in the window to a provider that had them already, in a referral that was not withdrawn. Must be 0.

# reviewed: source
defined-without-second-person = Referrals whose assessment has no approver, or one who also wrote it. Must be 0.

# reviewed: source
defined-service = Registrable host of the item.

# reviewed: source
defined-language = Language of the record that first put the item into a cluster; und when it is not known.

# reviewed: source
defined-kind = Item, account, channel or site.

# reviewed: source
defined-agency = Who handed the record in, wrote the assessment, or sends the referral.

# reviewed: source
defined-hour = Hour in which the counted act happened; answers count in the hour of sending.
