namespace Mail.Protocol.Dkim;

/// <summary>Who signs, and how. Checked when a <see cref="DkimSigner"/> is made of it.</summary>
public sealed record DkimSignerOptions
{
    /// <summary>The domain that answers for the message (<c>d=</c>), such as <c>example.com</c>; Unicode becomes A-labels.</summary>
    public required string Domain { get; init; }

    /// <summary>Which of the domain's keys (<c>s=</c>), such as <c>2026a</c>.</summary>
    public required string Selector { get; init; }

    /// <summary>The user or agent on whose behalf is signed (<c>i=</c>): <c>@</c> and the domain or one below it, with or without a local part.
    /// <see langword="null"/> leaves the tag out, which means <c>@domain</c>.</summary>
    public string? Identity { get; init; }

    /// <summary>The form of header fields (<c>c=</c>). Simple breaks when a server on the way folds anew.</summary>
    public DkimCanonicalization HeaderCanonicalization { get; init; } = DkimCanonicalization.Relaxed;

    /// <summary>The form of the body (<c>c=</c>).</summary>
    public DkimCanonicalization BodyCanonicalization { get; init; } = DkimCanonicalization.Relaxed;

    /// <summary>Which header fields are covered. From must be among them and is always covered.</summary>
    public IReadOnlyList<DkimHeader> Headers { get; init; } = DkimHeader.Default;

    /// <summary>Whether the time of signing is said (<c>t=</c>).</summary>
    public bool WithTimestamp { get; init; } = true;

    /// <summary>How long the signature counts (<c>x=</c>), in whole seconds; <see langword="null"/> for ever. Mail can be under way for five days.</summary>
    public TimeSpan? ValidFor { get; init; }
}
