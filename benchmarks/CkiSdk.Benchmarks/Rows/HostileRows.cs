using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.TestSupport;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Decodes a megabyte of what is meant to be slow, which it may take 20 ms for.</summary>
internal static class HostileRows
{
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(20);

    /// <summary>Gives a row for views and one for records, each of the type and input that take longest.</summary>
    public static IEnumerable<Row> All()
    {
        var inputs = Inputs().ToList();
        yield return Of("view the worst hostile MiB / 20 ms", [
            der => CertificateView.Decode(der), der => NameView.Decode(der), der => GeneralNamesView.Decode(der),
            der => PKIMessageView.Decode(der), der => Der.DecodeView<AnyView>(der)], inputs) with
        { MostAllocated = 4 * HostileElements.Length };
        yield return Of("decode the worst hostile MiB / 20 ms", [
            der => Certificate.Decode(der), der => Name.Decode(der), der => GeneralNames.Decode(der), der => PKIMessage.Decode(der)], inputs);
    }

    private static IEnumerable<byte[]> Inputs() =>
    [
        .. HostileElements.All.Values,
        HostileElements.Element(0x30, HostileElements.Repeated([0x31, 0x0B, 0x30, 0x09, 6, 3, 0x55, 4, 3, 0x13, 2, 0x61, 0x61])),
        HostileElements.Element(0x30, HostileElements.Repeated([0x82, 0x00])),
    ];

    private static Row Of(string name, Action<byte[]>[] decoders, List<byte[]> inputs)
    {
        var (decoder, input) = decoders.SelectMany(decoder => inputs.Select(input => (decoder, input))).MaxBy(pair => Time(pair.decoder, pair.input));
        return Row.Within(name, Most, () => Run(decoder, input));
    }

    private static TimeSpan Time(Action<byte[]> decoder, byte[] input) => ProcessorTime.Least(3, TimeSpan.Zero, () => Run(decoder, input));

    private static void Run(Action<byte[]> decoder, byte[] input)
    {
        try
        {
            decoder(input);
        }
        catch (DerException e)
        {
            Sink.Take(e);
        }
    }
}
