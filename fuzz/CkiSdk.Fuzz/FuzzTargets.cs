using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Fuzz.Targets;

namespace CkiSdk.Fuzz;

/// <summary>Lists the targets.</summary>
internal static class FuzzTargets
{
    /// <summary>Gets all targets in the order in which they run.</summary>
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new ElementTarget(),
        new RoundTripTarget<Certificate>("certificate"),
        new RoundTripTarget<PKIMessage>("message"),
        new RoundTripTarget<ContentInfo>("cms"),
        new DecoderTarget(),
        new MessageTarget(),
        new EveryTypeTarget(),
        new BerTarget(),
        new JsonTarget(),
        new FrameTarget(),
        new MailTarget(),
        new FtpReplyTarget(),
        new SpoolNameTarget(),
        new HttpTarget(),
        new ModuleTarget(),
        new SchemaTarget(),
        new SealedMessageTarget(),
        new PathTarget(),
        new RoleTarget(),
    ];
}
