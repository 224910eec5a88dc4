using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <content>Bookkeeping for <see cref="DerException.Path"/>: one null check unless a failed decode is being repeated.</content>
public ref partial struct DerReader
{
    private readonly bool IsTracing => _path is not null;

    /// <summary>Names the component that is read next.</summary>
    /// <param name="name">Its identifier in the ASN.1 type.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Field(string name)
    {
        if (_path is not null)
            _path.SetField(_depth, name);
    }

    /// <summary>Forgets the name of the component that was read last: what follows is none that has a name.</summary>
    public readonly void NoField() => _path?.Clear(_depth);

    /// <summary>Names the alternative that was chosen, behind the name of what is read.</summary>
    /// <param name="name">Its identifier in the CHOICE.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Alternative(string name)
    {
        if (_path is not null)
            _path.AddAlternative(_depth, name);
    }

    /// <summary>Numbers the element of a list that is read next.</summary>
    /// <param name="index">Its position, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Element(int index)
    {
        if (_path is not null)
            _path.SetElement(_depth, index);
    }
}
