-- The pre-flight asks for each referral what went to a host, to a provider and by a person of late.

CREATE INDEX referral_made ON referral(made_at);
CREATE INDEX referral_provider ON referral(provider, made_at);
CREATE INDEX assessment_approver ON assessment(approver, decided_at);
CREATE INDEX provider_name ON provider(name);
