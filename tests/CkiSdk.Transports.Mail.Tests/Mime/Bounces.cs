using System.Text;

namespace CkiSdk.Transports.Mail.Tests.Mime;

/// <summary>Writes what mail systems write when a mail could not be delivered (RFC 3464).</summary>
internal static class Bounces
{
    public static byte[] Report(string messageId, string action = "failed", string original = "message/rfc822") => Encoding.ASCII.GetBytes(
        $"""
        From: MAILER-DAEMON@cki.test
        To: a1@cki.test
        Subject: Undelivered
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        It could not be delivered.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; cki.test

        Final-Recipient: rfc822; cma@cki.test
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 no such user

        --b
        Content-Type: {original}

        From: a1@cki.test
        Message-ID: <{messageId}>
        Subject: CKI message

        --b--

        """.Replace("\n", "\r\n", StringComparison.Ordinal));
}
