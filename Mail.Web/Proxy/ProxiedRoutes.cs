namespace Mail.Web.Proxy;

/// <summary>Endpoint metadata: the answer comes from Mail.Api.</summary>
public sealed class ProxiedToApi;

/// <summary>Endpoint metadata: the answer is a mail's HTML, which the console shows in a sandboxed iframe.</summary>
public sealed class ProxiedPreview;
