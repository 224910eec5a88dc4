-- A certificate that an answer brought is kept once, in certificates: the answer says where it was. The places count octets of the body that is
-- kept; each is 4 octets, the highest first, then the length of the serial number in one octet, then the serial number. Null: nothing was taken out.
ALTER TABLE answers ADD COLUMN certificates BLOB;
