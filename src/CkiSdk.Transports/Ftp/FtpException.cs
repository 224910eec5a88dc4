namespace CkiSdk.Transports.Ftp;

/// <summary>Tells that an FTP server cannot be reached, did not do what was asked, or is not the one that is expected.</summary>
internal sealed class FtpException(string message, Exception? innerException = null) : IOException(message, innerException);
