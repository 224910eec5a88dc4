using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a request of a user to his CMA that waits for its answer.</summary>
public abstract class AgentRequest
{
    private readonly MessageOrder _order;

    private protected AgentRequest(UserAgent agent, PKIMessage message)
    {
        _order = agent.Rules.BeginAnswers();
        Agent = agent;
        Message = message;
        Octets = message.Encode();
    }

    /// <summary>Gets the DER of the request; to send the same octets again is the same request.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    private protected UserAgent Agent { get; }

    private protected PKIMessage Message { get; }

    private protected TBody Read<TBody>(DeliveredMessage delivered, out PKIMessage answer)
        where TBody : PKIBody
    {
        ArgumentNullException.ThrowIfNull(delivered);
        answer = MessageReader.Decode(delivered.Octets);
        Agent.Rules.CheckAnswer(answer, Message.Header, _order, delivered);
        return answer.Body as TBody
            ?? throw new CkiProtocolException($"body: {answer.Body.GetType().Name} is no answer to {Message.Body.GetType().Name} (CKI Part 2 ¶11, ¶16).");
    }

    private protected void Take(PKIMessage answer, DeliveredMessage delivered) => Agent.Rules.TakeAnswer(answer, _order, delivered);

    private protected static void RequireGranted(PKIStatus status, bool maybeModified)
    {
        if (status != PKIStatus.Granted && (!maybeModified || status != PKIStatus.GrantedWithMods))
        {
            throw new CkiProtocolException($"status: it is not granted{(maybeModified ? " or grantedWithMods" : "")}, but there is what was asked for (CKI Part 2 ¶22).");
        }
    }

    // CKI Part 2 ¶84 and ¶98: granted means exactly the validity that was suggested.
    private protected static void CheckValidity(Certificate certificate, bool granted, GeneralizedTime start, GeneralizedTime? suggestedEnd)
    {
        var sameEnd = suggestedEnd is not { } end || SameSecond(certificate.NotAfter, end);
        if (granted && !(SameSecond(certificate.NotBefore, start) && sameEnd))
        {
            throw new CkiProtocolException("status: granted, but the validity is not the one suggested (CKI Part 2 ¶84, ¶98).");
        }
    }

    private protected T WithoutGrant<T>(PKIMessage answer, DeliveredMessage delivered, PKIStatusInfo status, Func<PKIFailureInfo, string, T> rejected, Func<string, T> waiting)
    {
        var text = FreeText.Read(answer.Header.FreeText);
        var result =
            status.Status == PKIStatus.Rejection ? rejected(status.FailInfo ?? default, text)
            : status.Status == PKIStatus.Waiting ? waiting(text)
            : throw new CkiProtocolException("status: it is neither rejection nor waiting, but there is nothing of what was asked for (CKI Part 2 ¶22).");
        Take(answer, delivered);
        return result;
    }

    private static bool SameSecond(DateTimeOffset time, GeneralizedTime asked) =>
        time.UtcTicks / TimeSpan.TicksPerSecond == asked.ToDateTimeOffset().UtcTicks / TimeSpan.TicksPerSecond;
}
