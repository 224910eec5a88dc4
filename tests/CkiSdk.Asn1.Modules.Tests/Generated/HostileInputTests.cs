using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Shows that a megabyte of what is meant to be slow is decoded or refused in time and memory that its length bounds.</summary>
[Collection(nameof(Alone))]
public sealed class HostileInputTests
{
    private const int Attempts = 40;

    // Processor time, for a megabyte. Records are made of objects, which the collector looks at; the benchmarks hold 20 ms for them, too.
    private static readonly TimeSpan MostForViews = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MostForRecords = TimeSpan.FromMilliseconds(40);

    private static readonly byte[] Attribute = Convert.FromHexString("3009060355040313026161");

    public static TheoryData<string> Kinds => [.. Inputs.Keys];

    private static Dictionary<string, byte[]> Inputs { get; } = new(HostileElements.All, StringComparer.Ordinal)
    {
        ["a name of many parts"] = HostileElements.Element(0x30, HostileElements.Repeated([0x31, 0x0B, .. Attribute])),
        ["a name of empty parts"] = HostileElements.Element(0x30, HostileElements.Repeated([0x31, 0x00])),
        ["a name of one part with many attributes"] = InSequence(HostileElements.Element(0x31, HostileElements.Repeated(Attribute))),
        ["many alternatives"] = HostileElements.Element(0x30, HostileElements.Repeated([0x82, 0x00])),
        ["many extensions"] = HostileElements.Element(0x30, HostileElements.Repeated(Convert.FromHexString("30070603551D0F0400"))),
        ["a body of a message"] = InSequence([.. Convert.FromHexString("3003020114"), .. HostileElements.All["SETs in pairs, equal"]]),
        ["a certificate's serial number"] = InSequence([.. InSequence(HostileElements.All["an INTEGER"])]),
        ["a content of many certificates"] = InSequence([.. Convert.FromHexString("06092A864886F70D010702"), .. HostileElements.Element(0xA0, HostileElements.Element(0x30, [2, 1, 1, 0x31, 0, .. HostileElements.Repeated([0x30, 0x00])]))]),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_Takes_LittleTimeAndMemory(string kind)
    {
        var der = Inputs[kind];
        foreach (var (name, type) in Types())
        {
            InTime($"{name}, {kind}", MostForRecords, () => type.Record(der));
            InTime($"view of {name}, {kind}", MostForViews, () => type.View(der));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Refusable(() => type.View(der));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 4L * der.Length, $"view of {name}, {kind}: {allocated} octets");
        }
    }

    [Fact]
    public void Decode_Refuses_MoreElementsThanItsLimit()
    {
        var der = Inputs["many alternatives"];
        var e = Assert.Throws<DerException>(() => GeneralNames.Decode(der));
        Assert.Equal(DerErrorKind.TooManyElements, e.Kind);
        Assert.Equal("GeneralNames", e.Path.Split('.', '[')[0]);
        Assert.Equal(GeneralNamesView.Decode(der).Count, Der.Decode<GeneralNames>(der, new DerLimits { MaxElements = int.MaxValue }).Count);
    }

    [Fact]
    public void View_ReadsHostileList_OnceForAllElements()
    {
        var view = GeneralNamesView.Decode(Inputs["many alternatives"]);
        var count = 0;
        var start = ProcessorTime.Nanoseconds;
        foreach (var name in view)
            count += name.Kind == GeneralNameView.Alternative.DNSName ? 1 : 0;
        Assert.InRange(ProcessorTime.Nanoseconds - start, 0, 2_000_000_000);
        Assert.Equal(view.Count, count);
    }

    private static IEnumerable<(string Name, (Action<byte[]> Record, Action<byte[]> View) Type)> Types() =>
    [
        ("Certificate", (der => Certificate.Decode(der), der => CertificateView.Decode(der))),
        ("Name", (der => Name.Decode(der), der => NameView.Decode(der))),
        ("GeneralNames", (der => GeneralNames.Decode(der), der => GeneralNamesView.Decode(der))),
        ("Extensions", (der => Extensions.Decode(der), der => ExtensionsView.Decode(der))),
        ("PKIMessage", (der => PKIMessage.Decode(der), der => PKIMessageView.Decode(der))),
        ("ContentInfo", (der => ContentInfo.Decode(der), der => ContentInfoView.Decode(der))),
        ("SerialNumber", (der => CertificateSerialNumber.Decode(der), der => CertificateSerialNumberView.Decode(der))),
        ("any", (der => Der.Decode("any", der, (ref DerReader reader) => reader.ReadAny()), der => Der.DecodeView<AnyView>(der))),
    ];

    private static void InTime(string what, TimeSpan most, Action action)
    {
        var least = ProcessorTime.Least(Attempts, most, () => Refusable(action));
        Assert.True(least <= most, $"{what}: {least.TotalMilliseconds} ms");
    }

    private static void Refusable(Action action)
    {
        try
        {
            action();
        }
        catch (DerException)
        {
            // To refuse is as good as to decode.
        }
    }

    private static byte[] InSequence(byte[] content) => content.Length < 0x80 ? [0x30, (byte)content.Length, .. content] : HostileElements.Element(0x30, content);
}
