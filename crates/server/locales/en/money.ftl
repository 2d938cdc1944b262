### Leads on money: identifiers that money is sent to, and the sheet of one.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
money-question = Who asks for money, and where?

# reviewed: source
money-about = Accounts, purses and donation pages that stand in your own approved content of the last { $days } days. Leads to look at: in no rank, letter or bank, and never a ground.

# reviewed: source
money-made = Reckoned { $at }.

# reviewed: source
money-counting = It is being reckoned. Load the page again in a minute.

# reviewed: source
money-empty = No approved content of the last 90 days names an account, a purse or a donation page.

# reviewed: source
money-empty-next = They stand here once content that names one was assessed by one person and approved by another.

# reviewed: source
money-caption = Most accounts apart first: accounts that posted it, each in a content of its own.

# reviewed: source
money-apart = accounts apart

# reviewed: source
money-accounts = accounts

# reviewed: source
money-contents = contents

# reviewed: source
money-posts = posts

# reviewed: source
money-services = services

# reviewed: source
money-col-identifier = Identifier

# reviewed: source
money-col-span = First and last

# reviewed: source
money-col-account = Account

# reviewed: source
money-col-at = When

# reviewed: source
money-col-content = Content

# reviewed: source
money-col-post = Post

# reviewed: source
money-counts = Accounts: { $accounts }; contents: { $contents }; posts: { $posts }; services: { $services }.

# reviewed: source
money-kind-iban = Bank account (IBAN)

# reviewed: source
money-kind-bitcoin = Bitcoin address

# reviewed: source
money-kind-ethereum = Ethereum address

# reviewed: source
money-kind-tron = Tron address

# reviewed: source
money-kind-monero = Monero address

# reviewed: source
money-kind-donation = Donation page

# reviewed: source
money-says-apart = { $apart } of { $accounts } accounts posted it in contents of their own: that is not copying alone.

# reviewed: source
money-says-one-content = Weak: it stands in one content only, which { $n } accounts posted. Who copied that content copied it too.

# reviewed: source
money-says-one-account = Weak: no second account is known to have posted it.

# reviewed: source
money-method-title = How it is reckoned

# reviewed: source
money-method = An item counts once, from its first post. Copies are one content. Text and links of your approved items are read and dropped; nothing of this page is kept.

# reviewed: source
money-method-apart = Accounts apart: the most accounts that can each be given a content that they posted, no content twice. One copied content gives one, however many copied it.

# reviewed: source
money-limits-title = What it does not say

# reviewed: source
money-limit-whose = Whose it is. It may belong to a charity, a shop, a victim, or somebody who is to be blamed.

# reviewed: source
money-limit-shared = How many use it. An exchange gives one address to many people, and one person has many.

# reviewed: source
money-limit-read = Where else it stands. Press, counter-speech and what was found not to be terrorist content are not read.

# reviewed: source
money-limit-checksum = Whether it exists, or money was ever sent. A checksum only shows that it was written without an error.

# reviewed: source
money-limit-where = What stands in pictures, sounds and profiles. They are not read here.

# reviewed: source
money-left-title = Left out of your approved content

# reviewed: source
money-left-old = Posts older than { $days } days: { $n }

# reviewed: source
money-left-unapproved = Posts of copies that nobody approved, or that were taken back: { $n }

# reviewed: source
money-left-erased = Posts whose text was erased: { $n }

# reviewed: source
money-left-unchecked = Identifiers that nobody wrote with their checksum: { $n }

# reviewed: source
money-left-cut = There is more content than is read; the newest counts.

# reviewed: source
money-left-accounts = Accounts not shown: { $n }.

# reviewed: source
money-left-posts = Posts not shown: { $n }. The first of each content stands before its copies.

# reviewed: source
money-sheet = Lead on money

# reviewed: source
money-lead = A lead to look at. It is no ground for a referral, and stands in no rank, letter or bank.

# reviewed: source
money-checked = Its checksum holds.

# reviewed: source
money-unchecked = A donation page has no checksum.

# reviewed: source
money-back = All identifiers

# reviewed: source
money-whole = Show all accounts and posts

# reviewed: source
money-print = Print

# reviewed: source
money-times = When it was posted

# reviewed: source
money-times-said = First { $first }, last { $last }; at most { $most } posts in one day.

# reviewed: source
money-accounts-none = No account is known.

# reviewed: source
money-beside = Posted by the same accounts

# reviewed: source
money-beside-accounts = Accounts that posted both: { $n }

# reviewed: source
money-beside-left = Others not shown: { $n }.

# reviewed: source
money-shown = Shown: { $shown } of { $all }.

# reviewed: source
money-next = Show the next
