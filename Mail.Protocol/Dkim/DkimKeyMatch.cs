namespace Mail.Protocol.Dkim;

/// <summary>How a published record and a private key go together.</summary>
public enum DkimKeyMatch
{
    /// <summary>It is the key's own record, and verifiers accept what the key signs.</summary>
    Same,

    /// <summary>The record holds another key of the same kind.</summary>
    OtherKey,

    /// <summary>The record is for another kind of key (<c>k=</c>).</summary>
    OtherKeyType,

    /// <summary>The record says that the key counts no more (an empty <c>p=</c>).</summary>
    Revoked,

    /// <summary>The key is the same, but the record does not allow SHA-256 (<c>h=</c>).</summary>
    HashNotAllowed,

    /// <summary>The key is the same, but the record does not allow its use for mail (<c>s=</c>).</summary>
    ServiceNotAllowed,
}
