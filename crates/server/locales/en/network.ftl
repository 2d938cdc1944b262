### Network: ranks, plans, neighbourhoods.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
net-question = Who spreads it, and what would change?

# reviewed: source
net-about = { $accounts } accounts and { $links } links, in the network of { $items } items that people assessed as terrorist content.

# reviewed: source
net-span = Posted from { $from } to { $to }.

# reviewed: source
net-ends = Ranks end on { $day }.

# reviewed: source
net-not-persons = They rank accounts, not persons, and are never a reason by themselves.

# reviewed: source
net-made = Computed { $at }; computed again when there is more.

# reviewed: source
net-choose = What the network is made of

# reviewed: source
net-choose-posts = Posts

# reviewed: source
net-days-all = of all times

# reviewed: source
net-days = of the last { $days } days

# reviewed: source
net-choose-links = What gives links

# reviewed: source
net-layer-copies = copies

# reviewed: source
net-layer-forwards = forwards

# reviewed: source
net-layer-mentions = mentions

# reviewed: source
net-layer-channels = channels

# reviewed: source
net-choose-show = Show

# reviewed: source
net-only-days = Only posts of the { $days } days before it was computed count.

# reviewed: source
net-only-links = Only these links count: { $links }.

# reviewed: source
net-made-of = Posts { $days }; links: { $links }.

# reviewed: source
net-everything = Show everything

# reviewed: source
net-empty-choice = Nothing spread in what you chose.

# reviewed: source
net-empty-choice-next = Choose a longer time or more links.

# reviewed: source
net-few = Too few accounts are in what you chose.

# reviewed: source
net-few-next = In a space of this size ranks and plans are shown from 50 accounts on. Choose a longer time or more links.

# reviewed: source
net-again = Look again

# reviewed: source
net-computing = The network is being computed.

# reviewed: source
net-computing-next = That takes seconds for a small network and up to a minute for a large one. Nothing is sent meanwhile.

# reviewed: source
net-empty = There is no network yet.

# reviewed: source
net-empty-next = It is made of content that one person assessed and another approved, once an account took it up from another.

# reviewed: source
net-failed = The network was not computed.

# reviewed: source
net-failed-next = It is tried again in a few minutes; the server’s log says why. Nothing else is touched.

# reviewed: source
net-ranks = The first 50 accounts by what is reached only through them. The interval holds 90 % of draws.

# reviewed: source
net-col-rank = Rank, interval

# reviewed: source
net-col-why = Account, and why this one

# reviewed: source
net-col-plan = In plan

# reviewed: source
net-overlap = Intervals overlap from rank { $rank } on: read those as one group.

# reviewed: source
net-kept = Kept for an investigation

# reviewed: source
net-is-kept = kept

# reviewed: source
net-yes = yes

# reviewed: source
net-no = no

# reviewed: source
net-why-through = Accounts reached only through it: { $n }, { $share } of all that are reached.

# reviewed: source
net-why-direct = It reaches { $direct } directly; posts: { $posts }.

# reviewed: source
net-why-first = Among the first 50 in { $n } of 100 draws.

# reviewed: source
net-price-none = What keeping it costs was not computed: too many are kept.

# reviewed: source
net-price = Keeping it costs a plan of 50 the reach of { $n } more accounts ({ $range }).

# reviewed: source
net-rank-said = rank { $rank }, between { $low } and { $high }

# reviewed: source
net-plan = What would a plan change?

# reviewed: source
net-unit = accounts reached, mean of simulated courses

# reviewed: source
net-slide = Accounts referred, the best first:

# reviewed: source
net-ended = of reach ends

# reviewed: source
net-show = Show this plan

# reviewed: source
net-curve-said = Accounts still reached by number of accounts referred: with { $k } accounts { $n }, in nine of ten courses between { $low } and { $high }; the table below has the values

# reviewed: source
net-line-plan = this plan

# reviewed: source
net-line-followed = most followed

# reviewed: source
net-before = Reached while nothing is done

# reviewed: source
net-after = Reached after this plan

# reviewed: source
net-one-course = In nine of ten single courses

# reviewed: source
net-beats = Spared beyond as many of the most followed

# reviewed: source
net-beats-yes = This plan is better than referring as many of the most followed accounts: the interval lies above zero.

# reviewed: source
net-beats-no = It is not shown that this plan is better than referring as many of the most followed accounts: the interval holds zero.

# reviewed: source
net-table = The curve as a table

# reviewed: source
net-col-accounts = Accounts

# reviewed: source
net-col-ended = Reach ended

# reviewed: source
net-col-before = Reached before

# reviewed: source
net-col-after = Still reached

# reviewed: source
net-col-course = Single courses

# reviewed: source
net-col-followed = Most followed instead

# reviewed: source
net-list = The accounts of this plan

# reviewed: source
net-list-none = No account is reached beyond those where content begins.

# reviewed: source
net-sends-nothing = A plan sends nothing. Each item is assessed by one person and approved by another, as always.

# reviewed: source
net-seal-title = Seal this plan

# reviewed: source
net-seal = Seal this plan

# reviewed: source
net-seal-what = The ledger keeps the plan and its prediction as they are now, so that nobody can choose them afterwards. It names accounts by their ids alone, and sends nothing.

# reviewed: source
net-sealed = Plans that were sealed

# reviewed: source
net-sealed-none = None so far.

# reviewed: source
net-sealed-at = Sealed

# reviewed: source
net-sealed-what = Accounts reached, as it was predicted on that day, with the 90 % interval of the mean.

# reviewed: source
net-around = Around

# reviewed: source
net-around-shown = 1 step, { $shown } of { $all } shown

# reviewed: source
net-around-said = Neighbourhood of an account: { $shown } of { $all } neighbours, { $links } links; the table below lists them

# reviewed: source
net-around-marks = Circle: account. Square: channel. Filled: in this plan. Ring: content began there. Numbers are those of the table.

# reviewed: source
net-around-table = As a table

# reviewed: source
net-col-number = No.

# reviewed: source
net-col-account = Account

# reviewed: source
net-col-way = Way of the content

# reviewed: source
net-way-from = from it

# reviewed: source
net-way-to = to it

# reviewed: source
net-way-both = both ways

# reviewed: source
net-began = content began there

# reviewed: source
net-erased = erased account

# reviewed: source
net-method-title = Method and assumptions

# reviewed: source
net-method = From { $sources } accounts where content began, { $worlds } courses are simulated: a link carries content with one chance in the number of links that lead to the same account. Accounts are ranked by these; the plan is chosen on others, and judged on as many again.

# reviewed: source
net-assumes = It assumes that referred accounts go and do not come back, and that nobody takes their place. Accounts where content begins are in no plan: they come back under new names. Links are forwards, mentions, posts into channels, and later copies of the same content within seven days; what no source saw is not in it.

# reviewed: source
net-intervals = Intervals are of 90 %: beside a figure that of the mean, in the band that of one single course. They hold the chance of the simulation, not what the model leaves out.

# reviewed: source
net-cut = There is more assessed content than is reckoned here; the newest is.

# reviewed: source
net-queue = Put in the queue

# reviewed: source
net-queue-what = Each account is assessed by one person and approved by another, on content that was approved before. The rank goes with none of them.

# reviewed: source
net-queued = In the queue or decided: { $there }. Too few approved assessments of their content: { $few }. Erased: { $erased }.

# reviewed: source
net-plan-ended = Its ranks have ended; seal a plan of today to queue it.

# reviewed: source
effect-title = Before and after

# reviewed: source
effect-referred = Accounts of it that were referred: { $referred }; with a final answer: { $answered }.

# reviewed: source
effect-early = It is too early to say.

# reviewed: source
effect-early-until = A figure stands here from { $day } on: contents must begin after the last answer and run their course.

# reviewed: source
effect-little = There is too little to compare.

# reviewed: source
effect-little-what = Contents that began before: { $before }, after: { $after }; look-alike accounts: { $alike }.

# reviewed: source
effect-unanswered = No provider has given a final answer about an account of this plan.

# reviewed: source
effect-plot-said = Accounts reached by a content: { $before } before, { $after } after, { $expected } expected; the table below has the values

# reviewed: source
effect-line-group = Referred and their audience

# reviewed: source
effect-line-beside = Took it up, of those told by a look-alike alone

# reviewed: source
effect-line-expected = Expected without referral

# reviewed: source
effect-all = All accounts reached

# reviewed: source
effect-before = before

# reviewed: source
effect-after = after

# reviewed: source
effect-who = Which accounts

# reviewed: source
effect-unit = Accounts reached by one content, mean

# reviewed: source
effect-spared = Spared: expected less what came

# reviewed: source
effect-regrown = Of what came: new accounts on the same services

# reviewed: source
effect-moved = Of what came: new accounts on other services

# reviewed: source
effect-share = Share of reach that ended

# reviewed: source
effect-predicted = Share that was predicted and sealed

# reviewed: source
effect-as-predicted = What was measured agrees with what was predicted.

# reviewed: source
effect-less = Less ended than was predicted.

# reviewed: source
effect-more = More ended than was predicted.

# reviewed: source
effect-unsure = It is not shown that anything ended: the interval holds zero.

# reviewed: source
effect-no-fit = The model does not fit: recent contents ran otherwise, or not every provider acts. The band is the wide one: accounts that take up unevenly, unseen links, providers that do not act, accounts that come back.

# reviewed: source
effect-fit-unknown = There are too few recent contents or answers to say whether the model fits; the wide band is used.

# reviewed: source
effect-method = Difference in differences with { $alike } look-alike accounts of like activity, followers and community. Contents that began in { $window } days before the first and after the last answer ({ $before } and { $after }), each followed for { $horizon } days. Intervals of 90 % by drawing contents and look-alikes again.

# reviewed: source
effect-limits = What would have come is what came before, changed by how often those took a content up who could have it from one look-alike alone; the model says what that does to the reach. New accounts, come back or moved, are in what came and lower the share. Only assessed content is counted.

# reviewed: source
net-fit = Of { $n } recent contents { $inside } ran as the model says in nine of ten courses; { $needed } must, so that it fits.

# reviewed: source
net-around-numbered = The first { $n } have their number in the drawing; the table has all.

# reviewed: source
net-acted = Of { $n } final answers { $acted } say that it is gone; the model takes it that all of it goes.

# reviewed: source
net-because = Why it is in the plan

# reviewed: source
net-because-alone = Only through it

# reviewed: source
net-because-ways = Ways to it

# reviewed: source
net-because-then = then

# reviewed: source
net-because-courses = { $share } of the courses that come to it

# reviewed: source
net-because-cut = Cut off

# reviewed: source
net-because-lost = and its community of { $accounts }: { $share } of what is reached there is lost

# reviewed: source
net-because-instead = Substitute

# reviewed: source
net-because-more = { $n } accounts more would be reached

# reviewed: source
net-because-instead-none = None: the plan is a simple order.

# reviewed: source
net-because-none = None

# reviewed: source
net-because-how = Each figure is with nobody else of the plan away, but for the substitute: there the others are away.
