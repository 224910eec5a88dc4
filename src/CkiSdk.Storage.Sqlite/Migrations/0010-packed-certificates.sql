-- Certificates are stored without the parameters of a named group (PackedCertificate), which older programs do not know: under the new name of the column they find nothing that they would misread, even those that have the file
-- open. What they wrote stays as it is, and can be read.
ALTER TABLE certificates RENAME COLUMN encoded TO packed;
