using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Messages;

/// <summary>Reads messages of every body that the ASN.1 compiler of Erlang/OTP (asn1ct) encoded from the same modules, with nearly every optional field.</summary>
public sealed class ForeignMessageTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("tests/vectors/messages"), "*.der").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Select(name => name!)];

    [Fact]
    public void Files_Cover_EveryBody() => Assert.Equal(
        typeof(PKIBody).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(PKIBody))).Select(type => type.Name.ToUpperInvariant()).Order(StringComparer.Ordinal),
        Files.Select(row => row.Data.ToUpperInvariant()).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Message_OfAnotherCompiler_EncodesTheSame(string name)
    {
        var der = File.ReadAllBytes(Repository.PathOf($"tests/vectors/messages/{name}.der"));
        var message = PKIMessage.Decode(der);
        Assert.Equal(name, message.Body.GetType().Name, ignoreCase: true);
        Assert.Equal(PKIHeaderPvno.CkiVersion1, message.Header.Pvno);
        Assert.Equal(Hex.Encode(der), Hex.Encode(message.Encode()));
    }
}
