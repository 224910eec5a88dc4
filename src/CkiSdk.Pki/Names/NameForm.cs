namespace CkiSdk.Pki.Names;

/// <summary>Lists the forms of GeneralName (RFC 5280 §4.2.1.6).</summary>
internal enum NameForm
{
    Other,
    Mailbox,
    Host,
    X400,
    Directory,
    EdiParty,
    Uri,
    Address,
    Registered,
}
