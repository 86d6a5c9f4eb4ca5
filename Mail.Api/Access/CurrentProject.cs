using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Api.Access;

/// <summary>The project that a request acts in, and as whom. Endpoints take it as a parameter; <see cref="ProjectAccess"/> has checked it before.</summary>
public sealed record CurrentProject(ProjectId Id, string Name, string Locale, bool IsTest, IReadOnlyList<string> Scopes)
{
    public MessageSender Sender => new(Id, IsTest, Locale);

    public static ValueTask<CurrentProject?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.Get<CurrentProject>());
    }
}
