namespace Mail.Protocol.Dkim;

/// <summary>How a header or a body is brought into the form that is hashed (RFC 6376 §3.4).</summary>
public enum DkimCanonicalization
{
    /// <summary>As it is, but for empty lines at the end of the body (RFC 6376 §3.4.1, §3.4.3). Breaks when a server on the way folds anew.</summary>
    Simple,

    /// <summary>Names in lower case, header lines unfolded, every run of spaces and tabs one space, none at the end of a line (RFC 6376 §3.4.2, §3.4.4).</summary>
    Relaxed,
}
