-- The words of a return are found by the fact of the ledger that names them; only this class is asked for so.

CREATE INDEX document_referral ON document(commitment) WHERE retention = 'R3';
