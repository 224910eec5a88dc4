using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Decides the validity of a certificate and the interoperability key that it hangs on (CKI Part 2 ¶81, ¶84; profile section 1.1).</summary>
internal static class ValidityRule
{
    /// <summary>Fits the suggested validity into what the clock, the keys and the CMA certificate permit.</summary>
    /// <param name="suggestedStart">The start that the user suggests.</param>
    /// <param name="suggestedEnd">The end that he suggests, if he does.</param>
    /// <param name="now">The time.</param>
    /// <param name="keys">The keys of the domain, or those shared with the other domain.</param>
    /// <param name="authority">The CMA certificate that will sign.</param>
    /// <param name="options">Lifetimes.</param>
    /// <param name="paragraphs">Where the failure bits for what is asked and for missing keys are listed.</param>
    public static ValidityDecision Decide(
        DateTimeOffset suggestedStart,
        DateTimeOffset? suggestedEnd,
        DateTimeOffset now,
        IReadOnlyList<StoredInteroperabilityKey> keys,
        Certificate authority,
        CmaOptions options,
        (string Invalid, string Unavailable) paragraphs)
    {
        // Validity counts in whole seconds; a fraction that is cut is no change.
        var wantedStart = WholeSeconds.Cut(suggestedStart);
        var wantedEnd = suggestedEnd is { } end ? WholeSeconds.Cut(end) : (DateTimeOffset?)null;
        if (wantedEnd <= wantedStart)
        {
            return Refuse("suggestedValidityEnd", $"{wantedEnd:u} is not after the start {wantedStart:u}", paragraphs.Invalid, "Suggest an end after the start.");
        }

        if (wantedEnd <= now)
        {
            return Refuse("suggestedValidityEnd", $"{wantedEnd:u} has passed", paragraphs.Invalid, "Suggest a validity that ends in the future.");
        }

        // A start in the past would certify a time in which nobody vouched for the key; what two clocks differ by is no past.
        var present = WholeSeconds.Cut(now);
        var start = WholeSeconds.Later(wantedStart < now - options.ClockTolerance ? present : wantedStart, authority.NotBefore);
        if (WholeSeconds.Later(start, present) >= authority.NotAfter)
        {
            return Refuse("suggestedValidityStart", $"{WholeSeconds.Later(start, present):u} is not before the end of the CMA certificate, {authority.NotAfter:u}", paragraphs.Invalid, "Suggest an earlier start.");
        }

        // A key that came into effect while the requester's clock was behind serves him from now on.
        if (InEffect(keys, start, present) is null && start < present)
        {
            start = present;
        }

        if (InEffect(keys, start, present) is not { } key)
        {
            var (why, next) = keys.Any(key => key.IsRetired && start < key.NotAfter)
                ? ("the interoperability keys until then are retired, and new ones are on their way", "Ask again in a while.")
                : ($"no interoperability key is in effect at {start:u}", "Suggest another start or ask the operator of the CMA.");
            return new ValidityDecision.Refused(new Rejection(PKIFailureInfo.InteroperabilityKeyUnavailable, "suggestedValidityStart", why, paragraphs.Unavailable, next));
        }

        var latest = WholeSeconds.Earlier(WholeSeconds.Earlier(key.NotAfter, authority.NotAfter), WholeSeconds.Add(start, options.MaximumLifetime));
        var finish = WholeSeconds.Cut(WholeSeconds.Earlier(wantedEnd ?? WholeSeconds.Add(start, options.DefaultLifetime), latest));
        return finish <= start
            ? Refuse("suggestedValidityEnd", $"{finish:u} is not after the earliest start {start:u}", paragraphs.Invalid, "Suggest a later end.")
            : new ValidityDecision.Decided(start, finish, key, start != wantedStart || (wantedEnd is not null && finish != wantedEnd));
    }

    /// <summary>Finds the key in effect at the start (profile section 1.1); one that has ended serves nobody any more.</summary>
    private static StoredInteroperabilityKey? InEffect(IReadOnlyList<StoredInteroperabilityKey> keys, DateTimeOffset start, DateTimeOffset present) =>
        InteroperabilityKeyRing.InEffect(keys, start, present);

    private static ValidityDecision.Refused Refuse(string field, string value, string paragraph, string nextStep) =>
        new(new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, paragraph, nextStep));
}
