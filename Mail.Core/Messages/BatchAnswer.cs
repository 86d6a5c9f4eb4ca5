using System.Text.Json.Serialization;

namespace Mail.Core.Messages;

/// <summary>The answer to POST /emails/batch.</summary>
/// <param name="Errors">With `x-batch-validation: permissive` only: what was not taken, by its place in the request.</param>
public sealed record BatchAnswer(IReadOnlyList<BatchAnswer.Created> Data, IReadOnlyList<BatchAnswer.Refusal>? Errors)
{
    public sealed record Created(string Id);

    public sealed record Refusal(int Index, string Message);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchAnswer))]
internal sealed partial class BatchAnswerJson : JsonSerializerContext;
