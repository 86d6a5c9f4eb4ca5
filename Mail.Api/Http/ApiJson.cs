using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Api.Accounts;
using Mail.Api.Accounts.Apps;
using Mail.Api.ActionLinks;
using Mail.Api.Appointments;
using Mail.Api.Codes;
using Mail.Api.Contacts;
using Mail.Api.Domains;
using Mail.Api.Invitations;
using Mail.Api.Mailboxes;
using Mail.Api.Mailboxes.Connections;
using Mail.Api.Messages;
using Mail.Api.Messaging;
using Mail.Api.Privacy;
using Mail.Api.Projects;
using Mail.Api.Relays;
using Mail.Api.Requests;
using Mail.Api.Reservations;
using Mail.Api.Reservations.Pages;
using Mail.Api.Reservations.Widget;
using Mail.Api.Suppressions;
using Mail.Api.Templates;
using Mail.Api.Templates.Experiments;
using Mail.Api.Tracking;
using Mail.Api.Webhooks;
using Mail.Core.Templates.Editing;

namespace Mail.Api.Http;

/// <summary>What is read and written without the framework's own JSON handling: errors outside endpoints, and bodies whose refusals name a field.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(LaneJson), typeof(VariableTypeJson)])]
[JsonSerializable(typeof(ApiErrorBody))]
[JsonSerializable(typeof(SignIn.Request))]
[JsonSerializable(typeof(CompleteSignIn.Request), TypeInfoPropertyName = "CompleteSignInRequest")]
[JsonSerializable(typeof(PasswordReset.CodeRequest))]
[JsonSerializable(typeof(PasswordReset.ConfirmRequest))]
[JsonSerializable(typeof(ChangePassword.Request), TypeInfoPropertyName = "ChangePasswordRequest")]
[JsonSerializable(typeof(ChangeEmail.Request), TypeInfoPropertyName = "ChangeEmailRequest")]
[JsonSerializable(typeof(TwoFactorSetup.PasswordRequest), TypeInfoPropertyName = "TwoFactorPasswordRequest")]
[JsonSerializable(typeof(TwoFactorSetup.CodeRequest), TypeInfoPropertyName = "TwoFactorCodeRequest")]
[JsonSerializable(typeof(TwoFactorSetup.FactorRequest), TypeInfoPropertyName = "TwoFactorFactorRequest")]
[JsonSerializable(typeof(TwoFactorSetup.DisableRequest), TypeInfoPropertyName = "TwoFactorDisableRequest")]
[JsonSerializable(typeof(TwoFactorSetup.RenewRequest), TypeInfoPropertyName = "TwoFactorRenewRequest")]
[JsonSerializable(typeof(OwnAccount.Request), TypeInfoPropertyName = "OwnAccountRequest")]
[JsonSerializable(typeof(Accounts.Invitations.Request), TypeInfoPropertyName = "InvitationRequest")]
[JsonSerializable(typeof(AcceptInvitation.LookRequest))]
[JsonSerializable(typeof(AcceptInvitation.AcceptRequest))]
[JsonSerializable(typeof(RelayRequest))]
[JsonSerializable(typeof(DomainRequest))]
[JsonSerializable(typeof(IdentityRequest))]
[JsonSerializable(typeof(SuppressionRequest))]
[JsonSerializable(typeof(BatchSuppressions.AddRequest), TypeInfoPropertyName = "BatchAddRequest")]
[JsonSerializable(typeof(BatchSuppressions.RemoveRequest), TypeInfoPropertyName = "BatchRemoveRequest")]
[JsonSerializable(typeof(ErasePerson.Request), TypeInfoPropertyName = "EraseRequest")]
[JsonSerializable(typeof(DoctorRequest))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(DoctorAnswer.StepFacts))]
[JsonSerializable(typeof(OrderRelays.Request), TypeInfoPropertyName = "OrderRelaysRequest")]
[JsonSerializable(typeof(ResetDoctorCommand.Answer), TypeInfoPropertyName = "ResetDoctorAnswer")]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(TestWebhook.Request), TypeInfoPropertyName = "TestWebhookRequest")]
[JsonSerializable(typeof(ReplayWebhook.Request), TypeInfoPropertyName = "ReplayWebhookRequest")]
[JsonSerializable(typeof(ReplayDeadLetters.Request), TypeInfoPropertyName = "ReplayDeadLettersRequest")]
[JsonSerializable(typeof(DiscardDeadLetters.Request), TypeInfoPropertyName = "DiscardDeadLettersRequest")]
[JsonSerializable(typeof(ChangeProject.Request), TypeInfoPropertyName = "ChangeProjectRequest")]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(RotateApiKey.Request), TypeInfoPropertyName = "RotateApiKeyRequest")]
[JsonSerializable(typeof(ChangeMember.Request), TypeInfoPropertyName = "ChangeMemberRequest")]
[JsonSerializable(typeof(CreateProject.Request), TypeInfoPropertyName = "CreateProjectRequest")]
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
[JsonSerializable(typeof(CreateExperiment.Request), TypeInfoPropertyName = "CreateExperimentRequest")]
[JsonSerializable(typeof(ConcludeExperiment.Request), TypeInfoPropertyName = "ConcludeExperimentRequest")]
[JsonSerializable(typeof(PostConversion.Request), TypeInfoPropertyName = "PostConversionRequest")]
[JsonSerializable(typeof(SendTestMail.Request), TypeInfoPropertyName = "TestMailRequest")]
[JsonSerializable(typeof(SendCode.Request), TypeInfoPropertyName = "SendCodeRequest")]
[JsonSerializable(typeof(SendCode.Response), TypeInfoPropertyName = "SendCodeResponse")]
[JsonSerializable(typeof(VerifyCode.Request), TypeInfoPropertyName = "VerifyCodeRequest")]
[JsonSerializable(typeof(CreateActionLink.Request), TypeInfoPropertyName = "ActionLinkRequest")]
[JsonSerializable(typeof(CreateRequest.Request), TypeInfoPropertyName = "CreateRequestRequest")]
[JsonSerializable(typeof(RequestResponse))]
[JsonSerializable(typeof(AppointmentRequest))]
[JsonSerializable(typeof(CancelAppointment.Request), TypeInfoPropertyName = "CancelAppointmentRequest")]
[JsonSerializable(typeof(AppointmentResponse))]
[JsonSerializable(typeof(AppPasswordReset.CodeRequest), TypeInfoPropertyName = "AppCodeRequest")]
[JsonSerializable(typeof(AppPasswordReset.ConfirmRequest), TypeInfoPropertyName = "AppConfirmRequest")]
[JsonSerializable(typeof(AppPasswordReset.Response), TypeInfoPropertyName = "AppPasswordResetResponse")]
[JsonSerializable(typeof(SendAccountEvent.Request), TypeInfoPropertyName = "AccountEventRequest")]
[JsonSerializable(typeof(AccountSettings.Request), TypeInfoPropertyName = "AccountSettingsRequest")]
[JsonSerializable(typeof(OfferRequest))]
[JsonSerializable(typeof(ChangeOffer.Request), TypeInfoPropertyName = "ChangeOfferRequest")]
[JsonSerializable(typeof(ReservationRequest))]
[JsonSerializable(typeof(NoteRequest))]
[JsonSerializable(typeof(AskForTripLink.Request), TypeInfoPropertyName = "AskForTripLinkRequest")]
[JsonSerializable(typeof(WidgetSettingsEndpoint.Request), TypeInfoPropertyName = "WidgetSettingsRequest")]
[JsonSerializable(typeof(WidgetEndpoints.CodeRequest), TypeInfoPropertyName = "WidgetCodeRequest")]
[JsonSerializable(typeof(WidgetEndpoints.OfferBody), TypeInfoPropertyName = "WidgetOfferBody")]
[JsonSerializable(typeof(WidgetEndpoints.RequestBody), TypeInfoPropertyName = "WidgetRequestBody")]
[JsonSerializable(typeof(CarpoolPaths.Request), TypeInfoPropertyName = "CarpoolRequest")]
[JsonSerializable(typeof(CampaignRequest))]
[JsonSerializable(typeof(CampaignResponse))]
[JsonSerializable(typeof(InviteCandidates.Request), TypeInfoPropertyName = "InviteCandidatesRequest")]
[JsonSerializable(typeof(Candidates.Request), TypeInfoPropertyName = "CandidateRequest")]
[JsonSerializable(typeof(CandidateActions.ExtendRequest), TypeInfoPropertyName = "ExtendInvitationRequest")]
[JsonSerializable(typeof(CandidateActions.RevokeRequest), TypeInfoPropertyName = "RevokeInvitationRequest")]
[JsonSerializable(typeof(CampaignLinks.Request), TypeInfoPropertyName = "CampaignLinkRequest")]
[JsonSerializable(typeof(CheckAvailability.Request), TypeInfoPropertyName = "CheckAvailabilityRequest")]
[JsonSerializable(typeof(CreateMailbox.Request), TypeInfoPropertyName = "CreateMailboxRequest")]
[JsonSerializable(typeof(CreateMailbox.NameTaken))]
[JsonSerializable(typeof(MailboxMade))]
[JsonSerializable(typeof(MailboxResponse))]
[JsonSerializable(typeof(ConnectionRequest))]
[JsonSerializable(typeof(MailboxDomainEndpoints.DomainWish), TypeInfoPropertyName = "MailboxDomainWish")]
[JsonSerializable(typeof(MailboxDomainEndpoints.DomainChange), TypeInfoPropertyName = "MailboxDomainChange")]
[JsonSerializable(typeof(MailboxUserEndpoints.UserWish))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Backticks and quotes as they are: a message is read by people, in a terminal, and never inside HTML.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
