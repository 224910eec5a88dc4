using System.Security.Cryptography;
using System.Text;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Names requests for recovered keys.</summary>
internal static class RecoveryCases
{
    private const int IdLength = 8;

    /// <summary>Names a case by requester and transaction, so that the same request is the same case.</summary>
    public static string IdOf(TransactionKey transaction) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{transaction.TransactionId} {transaction.Sender}")).AsSpan(0, IdLength));

    /// <summary>Leaves out the approvals of those who may not approve the case any more: who was revoked since, may not approve, or has another key. Somebody else may have approved in their names.</summary>
    public static RecoveryCase Standing(RecoveryCase found, IStateView state)
    {
        var standing = found.Approvers.Where(Stands).ToArray();
        return standing.Length == found.Approvers.Count ? found : found with { Approvers = standing };

        bool Stands(string approver) => state.FindPeer(approver) is { ApprovesFrom: { } from } peer && from <= found.AskedAt
            && PartyDirectory.KindsOf(DistinguishedName.Decode(peer.Name), state).HasFlag(PartyKinds.RecoveryApprover);
    }
}
