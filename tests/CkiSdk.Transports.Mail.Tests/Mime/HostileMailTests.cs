using System.Text;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Mail.Mime;

namespace CkiSdk.Transports.Mail.Tests.Mime;

/// <summary>Shows that no mail, whoever made it up, throws or takes long.</summary>
public sealed class HostileMailTests
{
    private const int Limit = 1 << 20;

    public static TheoryData<string> Names => [.. Mails.Keys];

    private static Dictionary<string, Func<byte[]>> Mails { get; } = new(StringComparer.Ordinal)
    {
        ["multiparts in each other"] = () => Report(string.Concat(Enumerable.Range(0, 20_000).Select(number => $"--b{number - 1}\r\nContent-Type: multipart/mixed; boundary=b{number}\r\n\r\n")), "b-1"),
        ["mails in each other"] = () => Report(string.Concat(Enumerable.Repeat("--b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\n", 10_000)), "b"),
        ["thousands of parts"] = () => Report(string.Concat(Enumerable.Repeat("--b\r\n\r\n\r\n", 100_000)), "b"),
        ["thousands of states"] = () => Report("--b\r\nContent-Type: message/delivery-status\r\n\r\n" + string.Concat(Enumerable.Repeat("Action: delayed\r\n\r\n", 50_000)), "b"),
        ["a part with thousands of fields"] = () => Report("--b\r\n" + string.Concat(Enumerable.Repeat("a:\n", 1_000_000)), "b"),
        ["a mail that came back with thousands of fields"] = () => Report("--b\r\nContent-Type: message/rfc822\r\n\r\n" + string.Concat(Enumerable.Repeat("a:\n", 1_000_000)), "b"),
        ["parts as small as they can be"] = () => Report(string.Concat(Enumerable.Repeat("--b\n\n", 600_000)), "b"),
        ["parts without a report"] = () => MailFramingTests.Mail("multipart/mixed; boundary=b", string.Concat(Enumerable.Repeat("--b\n\n", 600_000))),
        ["two types"] = () => [.. "Content-Type: application/pkcs7-mime\r\n"u8, .. MailFramingTests.Mail("multipart/mixed; boundary=b", string.Concat(Enumerable.Repeat("--b\n\n", 600_000)))],
        ["a boundary of one hyphen"] = () => Report(new string('-', 1_000_000), "-"),
        ["a boundary that is everywhere"] = () => Report(string.Concat(Enumerable.Repeat("--b --b\r\n--b-\r\n--bb--\r\n", 20_000)), "b"),
        ["an empty boundary"] = () => Report(string.Concat(Enumerable.Repeat("--\r\n", 200_000)), ""),
        ["thousands of fields"] = () => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 3_000).Select(number => $"X-{number}: y\r\n")) + "Content-Type: application/pkixcmp\r\n\r\nMAA="),
        ["a field without end"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp\r\nSubject: " + new string('x', 2_000_000)),
        ["a field folded thousands of times"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp\r\nFrom: a@b" + string.Concat(Enumerable.Repeat("\r\n ,c@d", 8_000)) + "\r\n\r\nMAA="),
        ["addresses in groups in groups"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp\r\nFrom: " + string.Concat(Enumerable.Repeat("g:", 20_000)) + "\r\n\r\nMAA="),
        ["comments in comments"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp " + new string('(', 50_000) + "\r\nMessage-ID: " + new string('(', 9_000) + "\r\n\r\nMAA="),
        ["parameters in pieces"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkcs7-mime; " + string.Concat(Enumerable.Range(0, 4_000).Select(number => $"n*{number}*=%41; ")) + "\r\n\r\nMAA="),
        ["encoded words"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp\r\nFrom: " + string.Concat(Enumerable.Repeat("=?utf-7?q?=?=?=", 4_000)) + " <a@b>\r\n\r\nMAA="),
        ["wrong base64"] = () => MailFramingTests.Mail("application/pkcs7-mime", string.Concat(Enumerable.Repeat("=A=\u007f!", 500_000))),
        ["quoted-printable without end"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + new string('=', 2_000_000)),
        ["uuencode"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 ../../x\r\n" + string.Concat(Enumerable.Repeat("M`\r\n", 200_000))),
        ["an unknown encoding"] = () => Encoding.ASCII.GetBytes("Content-Type: application/pkixcmp; charset=\"\u0001\"\r\nContent-Transfer-Encoding: x-none\r\n\r\n\0\0\0"),
        ["nothing but ends of lines"] = () => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\r\n", 500_000))),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Mail_IsRead_InTimeThatGrowsWithItsLength(string name)
    {
        var mail = Mails[name]();
        var time = ProcessorTime.Of(() =>
        {
            Assert.NotNull(MailFraming.Read(mail, Limit));
            _ = MailContentFraming.Read(mail, Limit);
            _ = MailContentFraming.Nesting.Unwrap(mail);
        });
        Assert.True(time < TimeSpan.FromSeconds(5), $"{name}: {time} of the processor for {mail.Length} octets");
    }

    // A mail is three octets and more for each of a message; a part or a field of three octets takes some hundred of memory.
    [Theory]
    [MemberData(nameof(Names))]
    public void Mail_IsRead_InMemoryThatGrowsWithItsLength(string name)
    {
        var mail = Mails[name]();
        Func<object?>[] reads = [() => MailFraming.Read(mail, Limit), () => MailContentFraming.Read(mail, Limit), () => MailContentFraming.Nesting.Unwrap(mail)];
        foreach (var read in reads)
        {
            _ = read();
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = read();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (12L * mail.Length) + (96 << 20));
        }
    }

    [Fact]
    public void Mail_CutAnywhere_IsRead_AndFlippedBits_AreToo()
    {
        var mails = new[] { MailFraming.Write(new byte[200], "a1@cki.test", "cma@cki.test", "k.1@cki.test", "q.1@cki.test", DateTimeOffset.UnixEpoch), Bounces.Report("k.1@cki.test") };
        foreach (var mail in mails)
        {
            for (var length = 0; length < mail.Length; length++) Assert.NotNull(MailFraming.Read(mail.AsMemory(0, length), Limit));
            for (var bit = 0; bit < mail.Length * 8; bit += 3)
            {
                var changed = mail.ToArray();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.NotNull(MailFraming.Read(changed, Limit));
                _ = MailContentFraming.Read(changed, Limit);
            }
        }
    }

    private static byte[] Report(string body, string boundary) => MailFramingTests.Mail($"multipart/report; report-type=delivery-status; boundary=\"{boundary}\"", body);
}
