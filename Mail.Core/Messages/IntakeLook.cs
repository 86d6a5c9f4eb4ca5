using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Database;
using Mail.Core.Suppressions;
using Mail.Core.Templates.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Messages;

/// <param name="Templates">Names that the requests give.</param>
/// <param name="Contacts">Recipients, in the normal form, of whom the template may want to know something.</param>
/// <param name="Recipients">All of them.</param>
internal sealed record IntakeQuestion(ProjectId Project, IReadOnlyCollection<string> Templates, IReadOnlyCollection<string> Contacts, IReadOnlyCollection<SuppressionKey> Recipients);

/// <summary>What acceptance has to know from the database before it can answer: in one look for all requests that wait together, one round trip, whatever is asked.</summary>
public sealed partial class IntakeLook : IAsyncDisposable
{
    private readonly TemplateDirectory _templates;
    private readonly SuppressionLookup _suppressions;
    private readonly HeldConnection _connection;
    private readonly SharedQuery<IntakeQuestion, Answer> _query;
    private readonly ILogger<IntakeLook> _logger;

    public IntakeLook(TemplateDirectory templates, SuppressionLookup suppressions, NpgsqlDataSource dataSource, ILogger<IntakeLook> logger)
    {
        (_templates, _suppressions, _connection, _logger) = (templates, suppressions, new HeldConnection(dataSource), logger);
        _query = new(QueryAsync);
    }

    /// <returns>The suppressions are shared with others that asked at the same time: look in them for one's own recipients only.</returns>
    /// <exception cref="NpgsqlException">The database is away, and a template has to be known.</exception>
    internal async ValueTask<(MessageSender Sender, SuppressionMatches Suppressions)> AskAsync(MessageSender sender, IntakeQuestion question, CancellationToken ct)
    {
        if (question.Templates.Count + question.Recipients.Count == 0) return (sender, SuppressionMatches.None);
        Answer answer;
        try
        {
            answer = await _query.AskAsync([question]).WaitAsync(ct);
        }
        catch (NpgsqlException e) when (DatabaseAway.IsCauseOf(e) && question.Templates.Count == 0)
        {
            LogNotAsked(e); // the list is asked again when the message is claimed, and the commit decides whether it is taken
            return (sender, SuppressionMatches.None);
        }

        if (question.Templates.Count == 0) return (sender, answer.Suppressions);
        Dictionary<string, Contact> contacts = new(question.Contacts.Count, StringComparer.Ordinal);
        foreach (string address in question.Contacts)
            if (answer.Contacts.TryGetValue((question.Project, address), out Contact? contact)) contacts[address] = contact;
        return (sender with { Templates = await _templates.LoadAsync(question.Project, question.Templates, answer.Templates, ct), Contacts = contacts }, answer.Suppressions);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<Answer> QueryAsync(IReadOnlyList<IntakeQuestion> questions) => _connection.UseAsync(async (connection, ct) =>
    {
        List<BatchedQuery> queries = new(3);
        Dictionary<(ProjectId, string), PublishedVersion> templates = [];
        Dictionary<(ProjectId, string), Contact> contacts = [];
        (ProjectId, string)[] names = [.. questions.SelectMany(question => question.Templates.Select(name => (question.Project, name))).Distinct()];
        (ProjectId, string)[] addresses = [.. questions.SelectMany(question => question.Contacts.Select(address => (question.Project, address))).Distinct()];
        SuppressionKey[] recipients = [.. questions.SelectMany(question => question.Recipients).Distinct()];
        if (names.Length > 0) queries.Add(TemplateDirectory.Query(names, templates));
        if (addresses.Length > 0) queries.Add(ContactLookup.Query(addresses, contacts));
        SuppressionLookup.Question suppressions = _suppressions.About(recipients);
        if (recipients.Length > 0) queries.Add(suppressions.Query);
        await connection.RunAsync(queries, ct);
        return new Answer(templates, contacts, await suppressions.AnswerAsync(connection, ct));
    }, CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The suppression list could not be asked at acceptance; it is asked again before the message leaves")]
    private partial void LogNotAsked(Exception e);

    private sealed record Answer(Dictionary<(ProjectId, string), PublishedVersion> Templates, Dictionary<(ProjectId, string), Contact> Contacts, SuppressionMatches Suppressions);
}
