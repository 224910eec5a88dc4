using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Writes and reads base and modulus (CKI Part 2 ¶42).</summary>
internal static class Groups
{
    /// <summary>Writes a group: by reference where it has a name, else by value.</summary>
    public static BaseModInfo Write(DhGroup group) => group.Oid is { } oid
        ? new BaseModInfo.BaseModRef(new BaseModRef(ObjectIdentifier.Parse(oid)))
        : new BaseModInfo.BaseModValue(new BaseModValue
        {
            Modulus = new BigInteger(group.P.Span, isUnsigned: true, isBigEndian: true),
            Base = new BigInteger(group.G.Span, isUnsigned: true, isBigEndian: true),
        });

    /// <summary>Finds the group among those that are configured; a group by value is accepted only when it is one of them (profile section 1).</summary>
    public static bool TryFind(BaseModInfo parameters, DhGroupSet configured, [NotNullWhen(true)] out DhGroup? group)
    {
        group = parameters switch
        {
            BaseModInfo.BaseModRef reference => configured.FirstOrDefault(known => known.Oid == reference.Value.Value.ToString()),
            BaseModInfo.BaseModValue value => configured.FirstOrDefault(known => IsSame(known.P, value.Value.Modulus) && IsSame(known.G, value.Value.Base)),
            _ => null,
        };
        return group is not null;
    }

    private static bool IsSame(ReadOnlyMemory<byte> octets, Integer number) => number.ToUnsigned().SequenceEqual(octets.Span.TrimStart((byte)0));
}
