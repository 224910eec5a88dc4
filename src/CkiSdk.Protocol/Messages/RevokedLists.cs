using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Messages;

/// <summary>Reads and writes revoked user lists (CKI Part 2 ¶42, ¶117).</summary>
internal static class RevokedLists
{
    /// <summary>Writes a list; where nobody is revoked it is empty.</summary>
    public static RevokedUserList Write(IReadOnlyList<RevokedUser> users) => new((SequenceOf<RevokedUserListItem>)users.Select(user => new RevokedUserListItem
    {
        User = Name.Decode(user.Name),
        Reason = (RevokeUserReason)user.Reason,
    }).ToArray());

    /// <summary>Reads a list; a user who is named twice counts once.</summary>
    public static IReadOnlyList<RevokedUser> Read(RevokedUserList list) =>
    [
        .. list.Value.Select(item => (Name: DistinguishedName.From(item.User), item.Reason))
            .DistinctBy(item => item.Name)
            .Select(item => new RevokedUser(item.Name.Canonical, item.Name.Encoded, (int)item.Reason)),
    ];

    /// <summary>Tells whether a list names just these users.</summary>
    public static bool Names(RevokedUserList list, IReadOnlyList<RevokedUser> users) =>
        Read(list).Select(user => user.CanonicalName).ToHashSet(StringComparer.Ordinal).SetEquals(users.Select(user => user.CanonicalName));

    /// <summary>Finds a user who does not lie in the domain (profile section 4, Order); null where all do.</summary>
    public static DistinguishedName? FindStranger(RevokedUserList list, DomainRule domain) =>
        list.Value.Select(item => DistinguishedName.From(item.User)).FirstOrDefault(user => !domain.Admits(user));
}
