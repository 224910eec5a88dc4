using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is what a whole store holds.</summary>
/// <param name="Users">How many users.</param>
/// <param name="Certificates">How many certificates.</param>
/// <param name="Serials">How many serial numbers were ever taken.</param>
/// <param name="AuditEntries">How many entries the audit log has.</param>
/// <param name="AuditHead">The head of the audit log.</param>
public sealed record StoreSummary(long Users, long Certificates, long Serials, int AuditEntries, AuditHead AuditHead);
