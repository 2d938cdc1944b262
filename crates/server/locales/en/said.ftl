# reviewed: source
said-saved = Saved.

# reviewed: source
said-agreed = Confirmed. It goes out when the checks before sending have passed.

# reviewed: source
said-returned = Sent back to its author.

# reviewed: source
said-withdrawn = Withdrawn. The provider is told.

# reviewed: source
said-done = Done.

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

