### Sensitive analysis: same actor elsewhere.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
leads-title = Same actor elsewhere

# reviewed: source
leads-note = sensitive analysis

# reviewed: source
leads-switch = Sensitive analysis

# reviewed: source
leads-money = Leads on money

# reviewed: source
leads-covers = What the impact assessment covers

# reviewed: source
leads-lead = Leads to look at. None is a ground for a referral, and none is in any letter, rank or bank.

# reviewed: source
leads-counting = Leads are being reckoned. Load the page again in a minute.

# reviewed: source
leads-none = No account on another service is likely enough. That is no proof that there is none.

# reviewed: source
leads-open-for = Open until { $day }. Purpose: { $purpose }. Impact assessment: { $reference }.

# reviewed: source
leads-probability = Of 100 pairs like this one about { $n } have the same actor.

# reviewed: source
leads-mark-alone = No longer likely by what is known; somebody marked it.

# reviewed: source
leads-for = For:

# reviewed: source
leads-against = Against:

# reviewed: source
leads-little = Says little:

# reviewed: source
leads-names = similar handles; accounts called as alike: { $n }

# reviewed: source
leads-names-unlike = handles that are not alike

# reviewed: source
leads-links-none = neither links to the other

# reviewed: source
leads-links-one = one links to the other

# reviewed: source
leads-links-both = each links to the other

# reviewed: source
leads-shared-none = no content that both posted

# reviewed: source
leads-shared = contents that both posted: { $n }, by nobody else: { $alone }

# reviewed: source
leads-lag = minutes between both posts of the same content, in the middle: { $n }

# reviewed: source
leads-lag-none = no times of the same content to compare

# reviewed: source
leads-hours-alike = active at the same hours of the day

# reviewed: source
leads-hours-unlike = active at different hours of the day

# reviewed: source
leads-hours-little = hours of the day

# reviewed: source
leads-say = Say what you found

# reviewed: source
leads-reason = Why (kept 90 days)

# reviewed: source
leads-same = Same actor

# reviewed: source
leads-not-same = Not the same

# reviewed: source
leads-take-back = Take the mark back

# reviewed: source
leads-said-same = Marked as the same actor by { $name }, { $at }.

# reviewed: source
leads-said-not-same = Marked as not the same by { $name }, { $at }.

# reviewed: source
leads-about = Shows analysts and coordinators on which other services the actor of an account may be, or who posts accounts and purses that money is sent to. From your own assessed content of the last { $days } days only; leads are never kept, marks { $days } days.

# reviewed: source
leads-closed = It is closed: nobody sees a lead.

# reviewed: source
leads-purpose = What for

# reviewed: source
leads-reference = Reference to its impact assessment

# reviewed: source
leads-days = Days until it closes by itself, 1 to { $days }

# reviewed: source
leads-open = Open the analysis

# reviewed: source
leads-close = Close the analysis

# reviewed: source
leads-doubt = The probability was worked out in made worlds. In worlds of another kind almost half of the leads were wrong: check each.
