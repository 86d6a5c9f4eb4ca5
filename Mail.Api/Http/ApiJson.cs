using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Api.Accounts;
using Mail.Api.Contacts;
using Mail.Api.Domains;
using Mail.Api.Messages;
using Mail.Api.Privacy;
using Mail.Api.Projects;
using Mail.Api.Relays;
using Mail.Api.Suppressions;
using Mail.Api.Templates;
using Mail.Api.Tracking;
using Mail.Api.Webhooks;
using Mail.Core.Templates.Editing;

namespace Mail.Api.Http;

/// <summary>What is read and written without the framework's own JSON handling: errors outside endpoints, and bodies whose refusals name a field.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(LaneJson), typeof(VariableTypeJson)])]
[JsonSerializable(typeof(ApiErrorBody))]
[JsonSerializable(typeof(SignIn.Request))]
[JsonSerializable(typeof(RelayRequest))]
[JsonSerializable(typeof(DomainRequest))]
[JsonSerializable(typeof(IdentityRequest))]
[JsonSerializable(typeof(SuppressionRequest))]
[JsonSerializable(typeof(BatchSuppressions.AddRequest), TypeInfoPropertyName = "BatchAddRequest")]
[JsonSerializable(typeof(BatchSuppressions.RemoveRequest), TypeInfoPropertyName = "BatchRemoveRequest")]
[JsonSerializable(typeof(ErasePerson.Request), TypeInfoPropertyName = "EraseRequest")]
[JsonSerializable(typeof(DoctorRequest))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(TestWebhook.Request), TypeInfoPropertyName = "TestWebhookRequest")]
[JsonSerializable(typeof(ReplayWebhook.Request), TypeInfoPropertyName = "ReplayWebhookRequest")]
[JsonSerializable(typeof(ChangeProject.Request), TypeInfoPropertyName = "ChangeProjectRequest")]
[JsonSerializable(typeof(AddObjection.Request), TypeInfoPropertyName = "AddObjectionRequest")]
[JsonSerializable(typeof(CancelMessage.Request), TypeInfoPropertyName = "CancelMessageRequest")]
[JsonSerializable(typeof(RescheduleMessage.Request), TypeInfoPropertyName = "RescheduleMessageRequest")]
[JsonSerializable(typeof(ContactRequest))]
[JsonSerializable(typeof(AddConsent.Request), TypeInfoPropertyName = "AddConsentRequest")]
[JsonSerializable(typeof(TemplateRequest))]
[JsonSerializable(typeof(PublishTemplate.Request), TypeInfoPropertyName = "PublishTemplateRequest")]
[JsonSerializable(typeof(RollBackTemplate.Request), TypeInfoPropertyName = "RollBackTemplateRequest")]
[JsonSerializable(typeof(DuplicateTemplate.Request), TypeInfoPropertyName = "DuplicateTemplateRequest")]
[JsonSerializable(typeof(RenderTemplate.Request), TypeInfoPropertyName = "RenderTemplateRequest")]
[JsonSerializable(typeof(LayoutRequest))]
[JsonSerializable(typeof(EnvironmentRequest))]
[JsonSerializable(typeof(SendTestMail.Request), TypeInfoPropertyName = "TestMailRequest")]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Backticks and quotes as they are: a message is read by people, in a terminal, and never inside HTML.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
