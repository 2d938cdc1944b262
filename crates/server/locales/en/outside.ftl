### The inbox of a provider and the public page.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
inbox-question = What do they ask of me?

# reviewed: source
lane-notices = Notices

# reviewed: source
lane-notices-note = DSA Art 16, a decision without undue delay

# reviewed: source
inbox-none = Nothing is asked of you.

# reviewed: source
inbox-choose = Choose a letter.

# reviewed: source
inbox-choose-how = It opens beside the list, in your language where it exists.

# reviewed: source
inbox-bulk = One answer for several letters

# reviewed: source
inbox-bulk-note = it stands for what waits in the letters you tick, and for nothing else

# reviewed: source
inbox-bulk-answer = Answer for the letters ticked

# reviewed: source
inbox-withdrawn = Withdrawn by the sender

# reviewed: source
inbox-withdrawn-what = Nothing is asked of you any more.

# reviewed: source
inbox-withdrawn-acted = You acted on it before it was taken back. It waits here until you say that it is back, or that it stays as it is for reasons of your own.

# reviewed: source
inbox-open-why = Opening confirms to the sender that you received it. It obliges you to nothing.

# reviewed: source
inbox-open-go = Confirm receipt and read

# reviewed: source
inbox-from = from

# reviewed: source
signature-verified = Signature verified

# reviewed: source
signature-none = Signature not verified

# reviewed: source
inbox-kind = Kind:

# reviewed: source
inbox-choose-items = Choose

# reviewed: source
inbox-item = Item { $n }

# reviewed: source
inbox-your-answer = Your answer

# reviewed: source
inbox-answer = Answer for the items ticked

# reviewed: source
inbox-reason = Why? You need not say.

# reviewed: source
inbox-basis = On which ground? You need not say.

# reviewed: source
basis-unsaid = not said

# reviewed: source
basis-terms = our terms

# reviewed: source
basis-law = the law

# reviewed: source
basis-both = both

# reviewed: source
inbox-note = Note to the sender

# reviewed: source
inbox-send = Send this answer

# reviewed: source
inbox-waiting = { $n ->
        [one] { $n } item
       *[other] { $n } items
    } without a final answer

# reviewed: source
inbox-wrong = If you think it is wrong

# reviewed: source
inbox-wrong-what = Ask the sender to look again at { $n ->
        [one] the one item
       *[other] the { $n } items
    } without a final answer, in the words of your note or without any. It has no consequence.

# reviewed: source
inbox-look-again = Ask to look again

# reviewed: source
inbox-contest-what = You have answered every item. You can still contest the referral: a person of the sender who did not write it decides. Say why, in 20 characters or more.

# reviewed: source
inbox-talk = Questions and answers

# reviewed: source
public-title = Transparency

# reviewed: source
public-question = Is this lawful, and what can I do?

# reviewed: source
public-lead = Referral units ask providers to look at content under the providers’ own terms. A referral is not an order. The provider decides.

# reviewed: source
public-figures = What was done

# reviewed: source
public-figure = Figure

# reviewed: source
public-number = Number

# reviewed: source
public-means = What it counts

# reviewed: source
public-remedies = You can also complain to the provider, to a dispute settlement body, to the data protection authority, or go to court.

# reviewed: source
contest-title = Contest a referral

# reviewed: source
contest-how = A person who did not write the referral reads what you say.

# reviewed: source
contest-where = You need the reference for contesting: 32 digits and letters. It stands in the letter to the provider, in its mail and on its inbox page, under “Reference for contesting”. If you wrote the content, the provider can give it to you.

# reviewed: source
contest-registered = Registered. Keep this number:

# reviewed: source
contest-unknown = Not registered. No referral has this reference. Copy it again from the letter to the provider, where it stands under “Reference for contesting”.

# reviewed: source
contest-reference = Reference for contesting

# reviewed: source
contest-pass-on = With it, you or whoever wrote the content can contest the referral on the sender’s public page. You may pass it on.

# reviewed: source
contest-role = You are

# reviewed: source
contest-author = its author

# reviewed: source
contest-provider = the provider

# reviewed: source
contest-other = somebody else

# reviewed: source
contest-reason = Why is it wrong?

# reviewed: source
contest-answer-to = Where do we answer? E-mail, optional

# reviewed: source
contest-go = Send the contest

# reviewed: source
contest-then = What happens then

# reviewed: source
contest-then-what = If we were wrong, we withdraw the referral and tell everyone who received it.

# reviewed: source
inbox-search = Sender, address or number

# reviewed: source
inbox-group-open = Waits for you

# reviewed: source
inbox-group-withdrawn = Withdrawn, nothing asked any more

# reviewed: source
inbox-ticked-letters = Letters ticked

# reviewed: source
inbox-ticked-items = Items it is for
