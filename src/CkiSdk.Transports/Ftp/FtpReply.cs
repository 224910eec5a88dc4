namespace CkiSdk.Transports.Ftp;

/// <summary>Is a reply of an FTP server (RFC 959 §4.2).</summary>
/// <param name="Code">Its three digits.</param>
/// <param name="Text">Its lines without the code, printable characters only, with blanks between them.</param>
internal sealed record FtpReply(int Code, string Text)
{
    /// <summary>Gets whether another reply to the same command follows.</summary>
    public bool IsPreliminary => Code is >= 100 and < 200;

    /// <summary>Gets whether the command was carried out.</summary>
    public bool IsDone => Code is >= 200 and < 300;

    /// <summary>Gets whether the command was taken, and another one is needed.</summary>
    public bool NeedsMore => Code is >= 300 and < 400;

    /// <summary>Gets whether the file is not there or may not be used (450, 550), or its name is not allowed (553).</summary>
    public bool IsNoFile => Code is 450 or 550 or 553;

    /// <summary>Gets whether the server does not know the command, or not with this parameter.</summary>
    public bool IsUnknown => Code is 500 or 501 or 502 or 504;
}
