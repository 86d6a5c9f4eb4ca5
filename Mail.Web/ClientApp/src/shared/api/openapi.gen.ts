// Made from docs/openapi.json by `npm run types`. Not to be edited.

export interface paths {
    "/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hear of news as server-sent events */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["SseItemOfstring"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/relay-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List relay kinds */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListRelayKindsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Examine sending set-up
         * @description With `Accept: text/event-stream` each step is an event `step` when it ends, and the whole an event `report`; else one answer at the end.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DoctorRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DoctorAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create project */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateProjectRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProjectResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/offer/{id}/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an offer's reservations as a page */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/reservations.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reservation widget's script */
        get: operations["GetReservationWidget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** The reservation widget's script */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/javascript": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/smtp-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get SMTP settings */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetSmtpSettingsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List messages */
        get: {
            parameters: {
                query?: {
                    to?: string;
                    subject?: string;
                    tag?: string;
                    id?: string;
                    status?: string;
                    since?: string;
                    until?: string;
                    key?: string;
                    experiment_id?: string;
                    arm?: string;
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description The first id of this page: the page before holds newer ones. */
                    before?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListMessagesResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Send message
         * @description Answers only after the message is committed, so an accepted message survives a crash.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EmailRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SendMessageResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send batch
         * @description `x-batch-validation: permissive` takes what can be taken; without it one bad message refuses all.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EmailRequest"][];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export messages */
        get: {
            parameters: {
                query?: {
                    to?: string;
                    subject?: string;
                    tag?: string;
                    id?: string;
                    status?: string;
                    since?: string;
                    until?: string;
                    key?: string;
                    experiment_id?: string;
                    arm?: string;
                    /** @description The id that the last line of a file names: the next file holds older ones. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/scheduled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List scheduled messages */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds what leaves after it. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListScheduledResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metrics */
        get: {
            parameters: {
                query?: {
                    /** @description How many last days, today among them: 1 to 366; 7 without it. */
                    days?: string;
                    /** @description `hour` (at most 14 days) or `day`; without it `hour` for up to two days. */
                    interval?: string;
                    time_zone?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetMetricsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get waiting */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetWaitingResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get message */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetMessageResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Reschedule message
         * @description All of the message or none of it: 409 when a recipient was tried, sent or canceled.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RescheduleMessageRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RescheduleMessageResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/emails/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListEventsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/{id}/events/{eventId}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get transcript */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    eventId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetTranscriptResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/{id}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get message HTML */
        get: {
            parameters: {
                query?: {
                    /** @description `light` or `dark`: shows the mail as in that scheme, whatever the browser prefers. */
                    scheme?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/{id}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get message text */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/{id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get message as sent */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel message
         * @description 200 when anybody could be spared, with who and who not; 409 when it was too late for everybody. Asking again answers the same.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CancelMessageResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/emails/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend message
         * @description 409 with the reason when it must not be repeated: its content is gone, or it holds a code or a personal link. An Idempotency-Key makes asking twice harmless.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResendMessageResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sandbox messages */
        get: {
            parameters: {
                query?: {
                    /** @description The recipient's address; a text that is no whole address finds those that contain it. */
                    to?: string;
                    /** @description Part of the subject. */
                    subject?: string;
                    /** @description How long to wait when there is none, up to `60s`: it answers as soon as one is there, and with an empty list after that time. */
                    wait?: string;
                    /** @description Only what came after the message of this id. */
                    after?: string;
                    /** @description Only what came before the message of this id: the next page. */
                    before?: string;
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListSandboxMessagesResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Empty sandbox */
        delete: {
            parameters: {
                query?: {
                    /** @description The recipient's address; a text that is no whole address deletes what came for those that contain it. All without it. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EmptySandboxResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get sandbox message */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetSandboxMessageResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/messages/{id}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get sandbox message HTML */
        get: {
            parameters: {
                query?: {
                    /** @description `light` or `dark`: shows the mail as in that scheme, whatever the browser prefers. */
                    scheme?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/messages/{id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get sandbox message as captured
         * @description To be kept, never to be shown.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "message/rfc822": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/relays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List relays */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListRelaysResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Create relay */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RelayRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RelayResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/relays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get relay */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RelayResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove relay */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveRelayResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change relay */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RelayRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RelayResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/relays/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get relay order */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderRelaysResponse"];
                    };
                };
            };
        };
        /** Order relays */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderRelaysRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderRelaysResponse"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/relays/{id}/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Examine relay
         * @description With `Accept: text/event-stream` each step is an event `step` when it ends, and the whole an event `report`; else one answer at the end.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DoctorRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DoctorAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get limits */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetLimitsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List domains */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDomainsResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Create domain */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DomainRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DomainResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get domain */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DomainResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove domain */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveDomainResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change domain */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DomainRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DomainResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/domains/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify domain */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DomainResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate domain key */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DomainResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sender-identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List identities */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListIdentitiesResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Create identity */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IdentityRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sender-identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get identity */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove identity */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveIdentityResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change identity */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IdentityRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/sender-identities/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resend identity link */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sender-identities/confirm/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show page that confirms sender identity */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        /** Confirm sender identity */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List alerts */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 50 without it. */
                    limit?: string;
                    /** @description What they are about, such as a relay's name: its history. */
                    subject?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListAlertsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Acknowledge alert */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlertResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbound/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post report
         * @description Takes a bounce (RFC 3464, or in prose) or a complaint (RFC 5965) as the raw mail, and records what it says about messages of the project. The same report twice changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "message/rfc822": components["schemas"]["IFormFile"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PostReportResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbound/providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post provider events
         * @description For SendGrid, Amazon SES (over SNS), Mailgun, Postmark and Resend, signed as each of them signs. `id` is the relay's; its `webhook_url` is this address. Events are recorded before the answer; about messages that the project does not have they change nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IFormFile"];
                    "text/plain": components["schemas"]["IFormFile"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PostProviderEventsResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbound/calendar-reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand in an answer of a calendar
         * @description The raw mail. It counts when its From is the attendee who answers in it: you vouch for it, so hand in only what your mail system has found genuine (DMARC).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "message/rfc822": components["schemas"]["IFormFile"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PostCalendarReplyResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bounce-mailboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bounce mailboxes
         * @description The mailboxes that workers read bounces from: the installation's, so that only the first project, which is the operator's, sees them.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListBounceMailboxesResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListWebhooksResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Create webhook */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreateWebhookResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get webhook */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove webhook */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveWebhookResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change webhook */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate webhook secret */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RotateWebhookSecretResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Test webhook */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["TestWebhookRequest"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestWebhookResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook attempts */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description `succeeded` or `failed`; both without it. */
                    status?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListWebhookAttemptsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay webhook */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReplayWebhookRequest"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplayWebhookResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List dead letters */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description Only messages of this type. */
                    type?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDeadLettersResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get dead letter */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetDeadLetterResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Discard dead letter */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DiscardDeadLetterResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay dead letter */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplayDeadLetterResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay dead letters */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReplayDeadLettersRequest"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplayDeadLetterResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Discard dead letters */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DiscardDeadLettersRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DiscardDeadLettersResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List templates */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page, or the key of a built-in template, which has no id: what follows. */
                    after?: string;
                    /** @description The first id of this page, or key: the page before. */
                    before?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListTemplatesResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Create template */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TemplateRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get template */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove template */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveTemplateResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change template */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TemplateRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/templates/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Duplicate template */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DuplicateTemplateRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish template */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["PublishTemplateRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublishTemplateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Roll back template */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RollBackTemplateRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Render template */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["RenderTemplateRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RenderTemplateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Render template that is not stored */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RenderTemplateRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RenderTemplateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Validate template that is not stored */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RenderTemplateRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RenderTemplateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send test mail */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SendTestMailRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SendTestMailResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export templates */
        get: {
            parameters: {
                query?: {
                    /** @description True for what messages take, in place of the drafts. */
                    published?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExportTemplatesResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plan templates */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EnvironmentRequest"];
                    "application/zip": components["schemas"]["EnvironmentRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply templates */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EnvironmentRequest"];
                    "application/zip": components["schemas"]["EnvironmentRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplyTemplatesResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List template versions */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListTemplateVersionsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get template version */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    version: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListTemplateVersionsVersionResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare template versions */
        get: {
            parameters: {
                query?: {
                    from?: number;
                    to?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompareTemplateVersionsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List experiments */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListExperimentsResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Create experiment */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateExperimentRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExperimentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/experiments/{experiment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get experiment */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    experiment: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExperimentResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove experiment */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    experiment: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveExperimentResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/experiments/{experiment}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start experiment */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    experiment: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExperimentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/experiments/{experiment}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop experiment */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    experiment: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExperimentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/experiments/{experiment}/conclude": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Conclude experiment */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    experiment: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConcludeExperimentRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExperimentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/template-layouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List layouts */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListLayoutsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/template-layouts/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get layout */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LayoutResponse"];
                    };
                };
            };
        };
        /** Put layout */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LayoutRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LayoutResponse"];
                    };
                };
            };
        };
        post?: never;
        /** Remove layout */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveLayoutResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description Part of the address. */
                    email?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListContactsResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Add contact */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContactRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get contact */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactResponse"];
                    };
                };
            };
        };
        /** Put contact */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContactRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactResponse"];
                    };
                };
            };
        };
        post?: never;
        /** Remove contact */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveContactResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change contact */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContactRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/contacts/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add consent */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AddConsentRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConsentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List suppressions */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description The first id of this page: the page before holds newer ones. */
                    before?: string;
                    /** @description Part of the address. */
                    email?: string;
                    /** @description Such as `hard_bounce`. */
                    reason?: string;
                    topic_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListSuppressionsResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Add suppression */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SuppressionRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionResponse"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions/batch/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add many suppressions */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BatchSuppressionsAddRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchSuppressionsResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions/batch/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove many suppressions */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BatchSuppressionsRemoveRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchSuppressionsResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import suppressions */
        post: {
            parameters: {
                query?: {
                    /** @description Of lines that name none; `manual` without it. */
                    reason?: string;
                    topic_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description Of lines that name none. */
            requestBody: {
                content: {
                    "text/csv": string;
                    "multipart/form-data": string;
                    "*/*": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportSuppressionsResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export suppressions */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the address. */
                    email?: string;
                    /** @description Such as `hard_bounce`. */
                    reason?: string;
                    topic_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get suppression */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove suppression */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveSuppressionResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show unsubscribe page
         * @description Changes nothing.
         */
        get: operations["ShowUnsubscribePage"];
        put?: never;
        /** Unsubscribe */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["UnsubscribeForm"];
                    "multipart/form-data": components["schemas"]["UnsubscribeForm"];
                    "*/*": components["schemas"]["UnsubscribeForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        /**
         * Show unsubscribe page
         * @description Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/tracking/objections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List objections */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description The first id of this page: the page before holds newer ones. */
                    before?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListObjectionsResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Add objection */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AddObjectionRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ObjectionResponse"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ObjectionResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracking/objections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get objection */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ObjectionResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove objection */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveObjectionResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post conversion */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PostConversionRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PostConversionResponse"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PostConversionResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/t/o/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Record open */
        get: operations["TrackOpen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** Record open */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/gif": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/t/host": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say whether links lead to this host
         * @description What a server that gets certificates on demand asks (Caddy's `ask`): only names that links of a project lead to are worth one.
         */
        get: operations["TrackingHost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/t/c/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Record click and lead on */
        get: operations["TrackClick"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** Record click and lead on */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: never;
        };
        patch?: never;
        trace?: never;
    };
    "/privacy/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase person
         * @description Removes every trace of an address from the project (GDPR art. 17)
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ErasePersonRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErasureResponse"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErasureResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List erasures */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListErasuresResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get erasure */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErasureResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export person
         * @description Everything that is known of an address in the project (GDPR art. 15 and 20)
         */
        get: {
            parameters: {
                query?: {
                    /** @description The whole address. */
                    email?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a one-time code and mail it
         * @description The subject's code before works no more. At most 5 codes in 15 minutes for each purpose and subject (429 with Retry-After). Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SendCodeRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SendCodeResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/codes/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether a code is right
         * @description A right code is used up by it. Otherwise 422 says why in `name`: wrong_code, expired_code, used_code, revoked_code, unknown_code, or too_many_tries (5 wrong tries for a code); 429 too_many_tries when the purpose and subject have had 10 wrong tries in an hour, whatever number of codes there was. Show people one text for all of them.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VerifyCodeRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VerifyCodeResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/codes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a code back
         * @description 404 once another code took its place, or it was forgotten; 409 when it was used.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevokeCodeResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/action-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link that decides something
         * @description Opening it shows a page and changes nothing; its button decides, once. You hear of it by the webhook event `action_link.used`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateActionLinkRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreateActionLinkResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/action-links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what became of an action link */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ActionLinkResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/action-links/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an action link back
         * @description 409 when it was used.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ActionLinkResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/a/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a link decides
         * @description Changes nothing.
         */
        get: operations["ShowActionLink"];
        put?: never;
        /**
         * Decide
         * @description What the page's buttons post. Acts once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["OpenActionLinkForm"];
                    "multipart/form-data": components["schemas"]["OpenActionLinkForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        /**
         * Show what a link decides
         * @description Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/a": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask for a link's code */
        get: operations["AskForActionCode"];
        put?: never;
        /**
         * Open a link by its code, or decide by it
         * @description With a code alone it shows the link's page; with a choice too it decides. Ten wrong codes from one place in a quarter of an hour are all.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["OpenActionLinkForm"];
                    "multipart/form-data": components["schemas"]["OpenActionLinkForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        /** Ask for a link's code */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List requests */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description `pending`, `decided`, `expired` or `canceled`. */
                    state?: string;
                    /** @description The person's whole address. */
                    email?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListRequestsResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Ask a person for a decision
         * @description The person gets a mail with a button for each choice, and reminders; you hear of the decision, or that there was none, by webhook. Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateRequestRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what became of a request */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a request back
         * @description 409 when it is decided or over.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a request again
         * @description 409 when it is decided or over; 429 within a minute of the last one, and after ten.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List appointments */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description `scheduled` or `cancelled`. */
                    state?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListAppointmentsResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite people to an appointment
         * @description Each attendee gets a mail that their calendar takes over; what they answer there you hear by webhook. Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AppointmentRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppointmentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See who comes to an appointment */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppointmentResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Call an appointment off, without words */
        delete: operations["DeleteAppointment"];
        options?: never;
        head?: never;
        /**
         * Change an appointment
         * @description Everybody is told, if anything changes. Another time or duration needs new answers. Of `attendees` those who are new are invited, those who are missing called off, and the others hear nothing of it.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AppointmentRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppointmentResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/appointments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call an appointment off
         * @description Everybody is told. A body may be left out.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CancelAppointmentRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppointmentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List campaigns */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignsListResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Make a campaign
         * @description Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CampaignRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See a campaign */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a campaign
         * @description With its candidates and their timelines; links that are out are unknown from then on.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignsRemovedResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a campaign
         * @description Links that are out keep their end; mails from now on say what is new.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CampaignRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/campaigns/{id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See a campaign's metrics */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignMetricsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how far inviting many is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InviteResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite many candidates
         * @description All who have never been invited, or those that are named. Nobody is written to twice: while one call is under way another one is 409, and who was invited is not new any more.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InviteCandidatesRequest"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InviteResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/ticket-keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew the key that signs tickets
         * @description The one before is shown for a day longer.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InterviewKeysRotatedResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List candidates */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description How far the invitation is. */
                    state?: string;
                    /** @description A part of the address. */
                    email?: string;
                    application_id?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidatesListResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a candidate
         * @description No mail is sent. 409 where the application is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CandidatesRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/candidates/{candidate}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See a candidate with the timeline */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    candidate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a candidate
         * @description With the timeline; the link is unknown from then on.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    candidate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidatesRemovedResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a candidate */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    candidate: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CandidatesRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/campaigns/{id}/candidates/{candidate}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a candidate, or again
         * @description Makes a link where there is none that works. Once a minute and five times a day (429 with Retry-After).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    candidate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/candidates/{candidate}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a candidate more time
         * @description The same link, also when it has expired; the candidate is told if a mail was sent before.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    candidate: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CandidateActionsExtendRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/candidates/{candidate}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an invitation back */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    candidate: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CandidateActionsRevokeRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/candidates/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import candidates
         * @description The first line names the columns: application_id, email, and perhaps name, locale, time_zone. Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252. Right rows are taken, wrong ones told with row and column. The same file again changes nothing.
         */
        post: {
            parameters: {
                query?: {
                    dry_run?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            /** @description `true` to hear what would come of it, and store nothing. */
            requestBody: {
                content: {
                    "text/csv": string;
                    "multipart/form-data": string;
                    "*/*": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateFilesResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/candidates/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export candidates */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interviews/campaign-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a candidate's link
         * @description Made by the first call (201, `created: true`); asked again, the same link as long as it works (200, `created: false`). No mail is sent.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CampaignLinksRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignLinksResponse"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignLinksResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interviews/campaign-links/{id}/send_invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a candidate's link
         * @description Again, too: once a minute and five times a day (429 with Retry-After).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignLinksSentResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interview/start/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an invitation
         * @description Changes nothing.
         */
        get: operations["ShowInterviewStart"];
        put?: never;
        /**
         * Start the interview
         * @description Leads to the campaign's address with a ticket.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: never;
        };
        delete?: never;
        options?: never;
        /**
         * Show an invitation
         * @description Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/interview/keys/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the keys that verify tickets
         * @description Public. May be kept for five minutes; a ticket that names another key means: ask again.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InterviewKeysKeySet"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/project": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get project */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProjectResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change project */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangeProjectRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProjectResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListMembersResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get member */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MemberResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove member */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveMemberResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change member */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangeMemberRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MemberResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/members/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave project */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListApiKeysResponse"];
                    };
                };
            };
        };
        put?: never;
        /** Create API key */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApiKeyRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewApiKeyResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get API key */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiKeyResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove API key */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemoveApiKeyResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change API key */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApiKeyRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiKeyResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate API key */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["RotateApiKeyRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewApiKeyResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List audit */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older lines. */
                    after?: string;
                    /** @description An action (`relay.change`), or all of a kind (`relay`). */
                    action?: string;
                    actor_id?: string;
                    subject_id?: string;
                    /** @description From this time on. */
                    since?: string;
                    /** @description Before this time. */
                    until?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListAuditResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-log/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export audit */
        get: {
            parameters: {
                query?: {
                    /** @description An action (`relay.change`), or all of a kind (`relay`). */
                    action?: string;
                    actor_id?: string;
                    subject_id?: string;
                    /** @description From this time on. */
                    since?: string;
                    /** @description Before this time. */
                    until?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get system */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetSystemResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get usage */
        get: {
            parameters: {
                query?: {
                    /** @description `day` or `month`; `day` without it. */
                    by?: string;
                    /** @description The first day, such as 2026-03-01; 30 days back without it. */
                    since?: string;
                    /** @description The last day; today without it. */
                    until?: string;
                    /** @description `lane`, `tag`, `domain` (of the sender) or `key` (the API key); none without it. */
                    split?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetUsageResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export usage */
        get: {
            parameters: {
                query?: {
                    /** @description `day` or `month`; `day` without it. */
                    by?: string;
                    /** @description The first day, such as 2026-03-01; 30 days back without it. */
                    since?: string;
                    /** @description The last day; today without it. */
                    until?: string;
                    /** @description `lane`, `tag`, `domain` (of the sender) or `key` (the API key); none without it. */
                    split?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs in to the console
         * @description Answers 200 with a session cookie, or 202 with `two_factor_required`: then POST /auth/two-factor within five minutes. Unknown addresses, wrong passwords and locked accounts get the same answer.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionResponse"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TwoFactorChallenge"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/two-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Completes signing in with the second factor
         * @description Takes a `code` of the authenticator app or a `recovery_code`, each once. Five tries within five minutes of the password; then sign in again (`two_factor_expired`).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CompleteSignInRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs out
         * @description Ends the session of the cookie; a copy of the cookie is worth nothing afterwards. 204 also without one.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs out everywhere
         * @description Ends all sessions of the account, this one too.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells who is signed in, and in which projects
         * @description 401 `missing_session` when nobody is.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists where the account is signed in
         * @description The last seen first; `current` is this one. When a session was last seen is known to the minute.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionsListResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Ends all other sessions */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionsEndedResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends a session
         * @description At once: its next request is refused.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password-reset/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mails a code for a new password
         * @description Always 202 with the same body: whether the address has an account, neither the answer nor its time tells. The code works for 15 minutes, once, for five tries; a later one makes it void.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordResetCodeRequest"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PasswordResetCodeResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a new password for the code
         * @description Ends all sessions, and tells the owner by mail. A password that is refused (422, `new_password`) does not use up the code. `invalid_code` is the one answer to a wrong, used or old code and to an unknown address.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordResetConfirmRequest"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the own password
         * @description Ends all other sessions, and tells the owner by mail.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangePasswordRequest"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for another e-mail address
         * @description Mails a link to the old and to the new address; the change is made when both have confirmed, within a day. Then all other sessions end, and the old address is told.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangeEmailRequest"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /** Takes back a change of address that is not made yet */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the own account
         * @description With its second factor, and a change of address that waits for confirmation.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnAccountResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes name and language
         * @description What is left out stays; null clears it.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OwnAccountRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnAccountResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/auth/two-factor/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a secret for an authenticator app
         * @description With a QR code of it. Nothing changes until POST /auth/two-factor/enable has a code of the app.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TwoFactorSetupPasswordRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TwoFactorSetupSetupResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/two-factor/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turns two-factor sign-in on
         * @description Answers with ten recovery codes, which are shown this once. Ends all other sessions, and tells the owner by mail.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TwoFactorSetupCodeRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TwoFactorSetupCodesResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/two-factor/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turns two-factor sign-in off
         * @description Asks for the password and a code. Ends all other sessions, and tells the owner by mail.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TwoFactorSetupDisableRequest"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/two-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes ten new recovery codes
         * @description Those before work no more.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TwoFactorSetupRenewRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TwoFactorSetupCodesResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/two-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows the second factor again
         * @description For what wants it fresh (`two_factor_not_fresh`): for ten minutes it is.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TwoFactorSetupFactorRequest"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists invitations
         * @description The open ones, and those of the last month; the latest first.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationsListResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Invites somebody into the project
         * @description Mails a link that works once, for seven days. Only owners invite owners, and no key invites to a role that may do more than the key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InvitationsRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationsResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows an invitation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Takes an invitation back */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationsResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mails another link
         * @description For another seven days; the link before it works no more.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationsResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows what an invitation is to
         * @description Changes nothing. 409 for one that was accepted, revoked or is over; 404 for what is none.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AcceptInvitationLookRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AcceptInvitationLookResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts an invitation
         * @description With a password for a new account, which is signed in then; or, signed in with the invited address, without one. `account_exists`: sign in first.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AcceptInvitationAcceptRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password-reset/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a code for a new password of an app's user
         * @description One answer for every address, whether or not it has an account, has had its five codes in 15 minutes, or is on the suppression list. The code works for 15 minutes, once, for five tries; a later one makes it void. Takes an Idempotency-Key. Call it from your server: it needs a key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AppPasswordResetCodeRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppPasswordResetResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password of an app's user for the code
         * @description Has your app set it, by the signed callback `password.reset`, and mails that it was changed. `invalid_code` is the one answer to a wrong, used or old code and to a user your app does not know. A password that is refused (422, `new_password` or password_refused) and a callback that fails (502 callback_failed) leave the code as good as it was.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AppPasswordResetConfirmRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppPasswordResetResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what happened to an account of an app's user
         * @description Sends the template of that name: `welcome`, `password_changed`, `new_sign_in`, `account_locked`, `many_reset_requests`, or any of yours (`passkey_added` sends `passkey-added`). All but `welcome` get a link "this was not me": your app hears of it by the signed callback `account.not_me`. Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SendAccountEventRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SendAccountEventResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See the settings of an app's accounts */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountSettingsResponse"];
                    };
                };
            };
        };
        /**
         * Set up an app's accounts
         * @description The first answer, and that of rotate-secret, holds the signing secret: it is shown there and nowhere else.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccountSettingsRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountSettingsSetResponse"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Take away the settings of an app's accounts
         * @description Links "this was not me" that are out do nothing from then on.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountSettingsRemovedResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account-settings/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew the signing secret of an app's accounts
         * @description The old one signs beside it for a day.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountSettingsSetResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List offers */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description The driver's address. */
                    driver?: string;
                    /** @description `open` or `cancelled`. */
                    state?: string;
                    departing_after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListOffersResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Offer a trip
         * @description Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OfferRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get offer */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change offer
         * @description Whoever rides along is told of another pickup time. There are never fewer seats than are taken (409).
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangeOfferRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/offers/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel offer
         * @description All who ride along or have asked to are told. Takes an Idempotency-Key; the body may be empty.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NoteRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offers/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List offer history */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListOfferHistoryResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offers/{id}/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an offer's reservations */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description `pending`, `accepted` and so on. */
                    state?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListReservationsResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Ask for a seat
         * @description Without an answer it expires after 24 hours, or at the departure. Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReservationRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReservationResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offers/dashboard-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the link to a person's page of trips
         * @description Of trips that they drive and seats that they asked for. At most three mails in a quarter of an hour for one address; the answer is always the same.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskForTripLinkRequest"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AskForTripLinkResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List reservations */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description `pending`, `accepted` and so on. */
                    state?: string;
                    /** @description The passenger's address. */
                    passenger?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListReservationsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get reservation statistics */
        get: {
            parameters: {
                query?: {
                    /** @description What happened in so many last days; all that is kept without it. */
                    days?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetReservationStatisticsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get reservation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReservationResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a reservation
         * @description The driver takes the passenger along. Of two for the last seat one is accepted, and the other told `no_seats`. Takes an Idempotency-Key; the body may be empty.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NoteRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReservationResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a reservation
         * @description The driver does not take the passenger along. Takes an Idempotency-Key; the body may be empty.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NoteRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReservationResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a reservation
         * @description The passenger does not come. Takes an Idempotency-Key; the body may be empty.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NoteRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReservationResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a passenger
         * @description The driver does not take an accepted passenger along after all. Takes an Idempotency-Key; the body may be empty.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NoteRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReservationResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trips/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a person's trips
         * @description By the link from a mail. Changes nothing.
         */
        get: operations["ShowTrips"];
        put?: never;
        /** Do what a button of a trip page does */
        post: operations["ActOnTrips"];
        delete?: never;
        options?: never;
        /**
         * Show a person's trips
         * @description By the link from a mail. Changes nothing.
         */
        head: {
            parameters: {
                query?: {
                    offer?: string;
                };
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/trips/{token}/{offer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a person's trips
         * @description By the link from a mail. Changes nothing.
         */
        get: operations["ShowOneTrip"];
        put?: never;
        /** Do what a button of a trip page does */
        post: operations["ActOnOneTrip"];
        delete?: never;
        options?: never;
        /**
         * Show a person's trips
         * @description By the link from a mail. Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                    offer: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/reservation-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See the settings of the reservation widget */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WidgetSettingsEndpointResponse"];
                    };
                };
            };
        };
        /**
         * Set up the reservation widget
         * @description Which sites may show it, and the places that people choose from. The widget's id stays the same.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WidgetSettingsEndpointRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WidgetSettingsEndpointResponse"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/{widget}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the widget offers to choose from */
        get: operations["GetWidget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/{widget}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open trips with free seats */
        get: operations["ListWidgetOffers"];
        put?: never;
        /** Offer a trip, with the code */
        post: operations["OfferByWidget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/{widget}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a code that proves a mailbox */
        post: operations["SendWidgetCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/{widget}/offers/{id}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a seat, with the code */
        post: operations["RequestByWidget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/{widget}/dashboard-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the link to one's own trips
         * @description The answer is always the same.
         */
        post: operations["AskForTripLinkByWidget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reservation/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accept a reservation (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        /**
         * Accept a reservation (old path): the button of the page
         * @description With `?token=`. Acts once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["OpenActionLinkForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        /**
         * Accept a reservation (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/api/reservation/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refuse a reservation (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        /**
         * Refuse a reservation (old path): the button of the page
         * @description With `?token=`. Acts once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["OpenActionLinkForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        /**
         * Refuse a reservation (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/api/reservation/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cancel a reservation (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        /**
         * Cancel a reservation (old path): the button of the page
         * @description With `?token=`. Acts once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["OpenActionLinkForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        /**
         * Cancel a reservation (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/api/reservation/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Remove a passenger (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        /**
         * Remove a passenger (old path): the button of the page
         * @description With `?token=`. Acts once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["OpenActionLinkForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        /**
         * Remove a passenger (old path): the page of a link
         * @description With `?token=`. Changes nothing.
         */
        head: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        patch?: never;
        trace?: never;
    };
    "/api/offer/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an offer (old path)
         * @description Takes an Idempotency-Key.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CarpoolPathsRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CarpoolPathsOfferDone"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show web inbox, or its sign-in */
        get: {
            parameters: {
                query?: {
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close web inbox */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: never;
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show mail of web inbox */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail/{id}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get HTML of a mail of web inbox */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail/{id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get mail of web inbox as it came */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "message/rfc822": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail/{id}/files/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get file of a mail of web inbox
         * @description To be kept, never to be shown: what a browser would make of it is not for this address.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail/{id}/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete mail of web inbox */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: never;
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webmail/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open web inbox */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["InboxPagesSignInForm"];
                    "multipart/form-data": components["schemas"]["InboxPagesSignInForm"];
                };
            };
            responses: never;
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether a name is free
         * @description 422 for a name that breaks the rules, or is reserved. 503 when the provider cannot be asked just now.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CheckAvailabilityRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheckAvailabilityResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List mailboxes */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description `provisioning`, `active`, `suspended`, `deleting`, `deleted` or `failed`. */
                    status?: string;
                    /** @description Such as `ses`. */
                    provider?: string;
                    /** @description One of /mailbox-domains. */
                    domain?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListMailboxesResponse"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Create a mailbox
         * @description 201 when it is ready; 202 when it is not within 25 seconds (`Prefer: wait=5`: less), with what is waited for. 409 with suggestions when the name is taken, and with what the provider says when it refuses. Ten in 24 hours for one user. A session shows its second factor first. Takes an Idempotency-Key: a repetition makes no second one, and shows credentials only when nobody has seen them.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateMailboxRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxMade"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxMade"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the metered usage of a month
         * @description Months and days are UTC. A month that is not over is told as far as it is.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Such as `2026-11`; the current one without it. */
                    month?: string;
                    /** @description `json` or `csv`. */
                    format?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get mailbox statistics */
        get: {
            parameters: {
                query?: {
                    /** @description How many last days are told one by one: 1 to 366, 30 without it. */
                    days?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetMailboxStatisticsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List actions on mailboxes */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    mailbox_id?: string;
                    /** @description Exactly this one, such as `create`. */
                    action?: string;
                    /** @description Exactly this one, such as `refused`. */
                    status?: string;
                    /** @description Such as `ses`. */
                    provider?: string;
                    /** @description From this time on. */
                    since?: string;
                    /** @description Before this time. */
                    until?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListMailboxLogResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a mailbox */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete a mailbox
         * @description With all that it holds. The name is free again when the provider has removed it. 202 when the provider needs longer than 25 seconds (`Prefer: wait=5`: less).
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a mailbox's timeline
         * @description Each step with provider, status, code and milliseconds, what came first first. Never a secret.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetMailboxTimelineResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a mailbox
         * @description It neither sends nor receives; what it holds is kept. 202 when the provider needs longer than 25 seconds (`Prefer: wait=5`: less).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a mailbox
         * @description Where the provider does not let the old credentials work again there are new ones: `credentials_waiting`. 202 when the provider needs longer than 25 seconds (`Prefer: wait=5`: less).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/give-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up a mailbox that is not removed
         * @description For one that stays `deleting` because its provider refuses. It ends here and its name is free; an account that is left at the provider may go on working and costing, and has to be removed there by hand. 409 while the provider has not refused. 202 when the provider needs longer than 25 seconds (`Prefer: wait=5`: less).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a mailbox new credentials
         * @description They are in the answer, this once; the old ones stop working. 202 when it takes longer: then POST /mailboxes/{id}/credentials. A session shows its second factor first.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxMade"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxMade"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a mailbox's credentials, once
         * @description 409 `credentials_shown` the second time: POST /mailboxes/{id}/rotate makes new ones. A session shows its second factor first.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxMade"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/check-availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether a name is free (old path)
         * @description 422 for a name that breaks the rules, or is reserved. 503 when the provider cannot be asked just now.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CheckAvailabilityRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheckAvailabilityResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a mailbox (old path)
         * @description 201 when it is ready; 202 when it is not within 25 seconds (`Prefer: wait=5`: less), with what is waited for. 409 with suggestions when the name is taken, and with what the provider says when it refuses. Ten in 24 hours for one user. A session shows its second factor first. Takes an Idempotency-Key: a repetition makes no second one, and shows credentials only when nobody has seen them.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateMailboxRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxMade"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxMade"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/my-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's mailboxes (old path)
         * @description Those that have not ended, the newest first, a thousand at most; all by pages: GET /mailboxes.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListMyAccountsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailbox-connections/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List kinds of providers
         * @description What each asks for, as fields.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionEndpointsKindList"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailbox-connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connections */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionEndpointsConnectionList"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Connect a provider
         * @description The provider is asked whether the settings work.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConnectionRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailbox-connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a connection */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a connection
         * @description 409 while mailboxes or domains use it.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a connection
         * @description What is given changes. Mailboxes that there are go on with the new settings.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConnectionRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/mailbox-connections/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a connection
         * @description Asks the provider whether the settings work and, with `domain`, whether it may be used.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Whether this one may be used. */
                    domain?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionEndpointsCheckResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailbox-domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List domains of mailboxes */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxDomainEndpointsDomainList"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a domain of mailboxes
         * @description The provider is asked whether it may be used. The first one is the default.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MailboxDomainEndpointsDomainWish"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxDomainEndpointsDomainResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailbox-domains/{domain}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a domain of mailboxes */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    domain: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxDomainEndpointsDomainResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a domain of mailboxes
         * @description 409 while there are mailboxes in it.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    domain: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a domain of mailboxes
         * @description Another connection is for new mailboxes; those that there are stay where they are.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    domain: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MailboxDomainEndpointsDomainChange"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxDomainEndpointsDomainResponse"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/mailbox-users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a user's domain
         * @description `me` is the user of the header X-Mail-User, or whoever is signed in.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxUserEndpointsUserResponse"];
                    };
                };
            };
        };
        /** Choose a user's domain */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MailboxUserEndpointsUserWish"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailboxUserEndpointsUserResponse"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Take back a user's domain
         * @description The project's default is used from then on.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/go-live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See whether all is ready for real mail */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GetGoLiveResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See the configuration */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigurationDocument"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the configuration
         * @description The same as a file, for a backup or another installation; GET /go-live asks for one every 30 days.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigurationDocument"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a configuration
         * @description Makes and changes what the document names, and removes nothing. With `dry_run=true` it only says what it would do. Secrets that are there stay; relays that need new ones are left to you.
         */
        post: {
            parameters: {
                query?: {
                    dry_run?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConfigurationDocument"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TransferConfigurationResponse"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List request logs
         * @description Calls over HTTP and SMTP, some days back. Neither bodies nor queries are kept.
         */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 100; 20 without it. */
                    limit?: string;
                    /** @description The last id of this page: the next page holds older ones. */
                    after?: string;
                    /** @description The first id of this page: the page before holds newer ones. */
                    before?: string;
                    /** @description Such as `POST`, or `SMTP`. */
                    method?: string;
                    /** @description Part of a documented path, such as `/emails`. */
                    path?: string;
                    /** @description A status such as `422`, or a class of them: `2xx`, `4xx`, `5xx`. */
                    status?: string;
                    key_id?: string;
                    /** @description The earliest time. */
                    since?: string;
                    /** @description Only before this time. */
                    until?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListRequestLogsResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get request log */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description As in the header X-Request-Id of the answer. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestLogResponse"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptInvitationAcceptRequest: {
            token: null | string;
            name: null | string;
            password: null | string;
            /** @description Of our mails to a new account. */
            locale: null | string;
        };
        AcceptInvitationLookRequest: {
            token: null | string;
        };
        AcceptInvitationLookResponse: {
            project: string;
            email: string;
            role: string;
            invited_by: null | string;
            /** Format: date-time */
            expires_at: string;
            /** @description Then sign in with the address and accept; otherwise a password opens an account. */
            has_account: boolean;
            /** @description Who is signed in in this browser; null for nobody. */
            signed_in_as: null | string;
        };
        AccountSettingsRemovedResponse: {
            object: string;
            deleted: boolean;
        };
        AccountSettingsRequest: {
            /** @description Gets new passwords: https. */
            callback_url: null | string;
            /** @description Who the mails come from; without it EMAIL_FROM. */
            from: null | string;
            app_name: null | string;
            app_url: null | string;
            support_email: null | string;
            /** @description Where a person asks for a new password. */
            reset_url: null | string;
            /** @description Whether your app is asked, by the callback `account.lookup`, if it knows an address, before a code is mailed to it; false without it. */
            lookup: null | boolean;
        };
        AccountSettingsResponse: {
            object: string;
            /** @description Null when nothing is set up. */
            callback_url: null | string;
            from: null | string;
            app_name: null | string;
            app_url: null | string;
            support_email: null | string;
            reset_url: null | string;
            lookup: boolean;
            /**
             * Format: date-time
             * @description Until then each callback bears two signatures.
             */
            old_secret_expires_at: null | string;
        };
        AccountSettingsSetResponse: {
            object: string;
            callback_url: string;
            /** @description When it was made now; else null. */
            signing_secret: null | string;
        };
        /** @description A button of the page behind a link. */
        ActionChoice: {
            /** @description What the app hears: `accept`. */
            key: string;
            /** @description What the person reads. */
            label: string;
        };
        ActionLinkChoice: {
            /** @description What you hear: `accept`. */
            key: null | string;
            /** @description What the button says. */
            label: null | string;
        };
        /** @description A link and what became of it. Neither its address nor its code is shown again. */
        ActionLinkResponse: {
            object: string;
            id: string;
            purpose: string;
            subject: string;
            /** @description `open`, `used`, `expired` or `revoked`. */
            state: string;
            single_use: boolean;
            group: null | string;
            title: null | string;
            text: null | string;
            choices: components["schemas"]["ActionChoice"][];
            redirect_url: null | string;
            metadata: null | components["schemas"]["JsonElement"];
            locale: null | string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            revoked_at: null | string;
            /** Format: int32 */
            uses: number;
            decision: null | components["schemas"]["ActionLinkResponseDecisionFacts"];
        };
        ActionLinkResponseDecisionFacts: {
            /** @description By which link: another one of the group, maybe. */
            action_link_id: string;
            choice: string;
            /** Format: date-time */
            at: string;
            /** @description From where, as far as we see. */
            ip: null | string;
            user_agent: null | string;
        };
        AddConsentRequest: {
            /** @description To what, in the project's own words: `newsletter`. */
            purpose: null | string;
            /** @description True for an agreement, false for its end. */
            granted: null | boolean;
            /** @description Where it was said: `sign-up form`. */
            source: null | string;
            /**
             * Format: date-time
             * @description When; now without it.
             */
            at: null | string;
        };
        AddObjectionRequest: {
            email: null | string;
        };
        /** @description An alert as the API shows it, in the language of the request. */
        AlertResponse: {
            object: string;
            id: string;
            /** @description Such as `relay_paused`. */
            kind: string;
            /** @description The relay's name; empty where it is about the whole queue. */
            subject: string;
            /** @description `project`, or `installation` for what concerns every project that uses the default relay. */
            scope: string;
            /** @description Whether it still stands. */
            open: boolean;
            title: string;
            summary: string;
            remedy: string;
            /** @description What the relay or the system said. */
            reason: null | string;
            cause: null | string;
            /**
             * Format: int64
             * @description How often it happened: recipients served by another relay, pauses.
             */
            count: number;
            /** Format: date-time */
            opened_at: string;
            /** Format: date-time */
            last_at: string;
            /** Format: date-time */
            resolved_at: null | string;
            /** Format: date-time */
            acknowledged_at: null | string;
            /**
             * Format: date-time
             * @description When people were told by mail; null while nobody could be, or needed to be.
             */
            told_at: null | string;
        };
        /** @description The body of every answer that is not a success. */
        ApiErrorBody: {
            /** Format: int32 */
            statusCode: number;
            name: string;
            message: string;
        };
        /** @description The body of POST /api-keys and PATCH /api-keys/{id}. What is absent keeps its value. */
        ApiKeyRequest: {
            /** @description By which people know it. */
            name: null | string;
            /** @description `full_access`: all that you may do yourself; `sending_access`: to send. For anything between: `scopes`. */
            permission: null | string;
            /** @description What it may do, such as `emails:send`; none that you do not have yourself. */
            scopes: null | string[];
            /** @description The domains that it may send from; empty for any. */
            domains: null | string[];
            /** @description One of the project's domains, in place of `domains`. */
            domain_id: null | string;
            /** @description Addresses and networks (CIDR) from where it may be used; empty for anywhere. */
            allowed_ips: null | string[];
            /**
             * Format: int32
             * @description How many requests it may make in a second; null for any number.
             */
            rate_per_second: null | number;
            /**
             * Format: date-time
             * @description When it ends; null for never.
             */
            expires_at: null | string;
            /** @description POST only: a key whose mail goes to the project's sandbox inbox and nowhere else. */
            test: null | boolean;
        };
        /** @description An API key as the API shows it: never its text. */
        ApiKeyResponse: {
            object: string;
            id: string;
            name: string;
            /** @description The first characters of the key. */
            start: string;
            test: boolean;
            /** @description `full_access`, `sending_access`, or `custom` where only `scopes` say it. */
            permission: string;
            scopes: string[];
            /** @description The domains that it may send from; empty for any. */
            domains: string[];
            /** @description Networks from where it may be used; empty for anywhere. */
            allowed_ips: string[];
            /** Format: int32 */
            rate_per_second: null | number;
            /** @description The id of the member who made it, or made the key that did; null when it comes from the configuration. */
            created_by: null | string;
            /** @description Whether whoever made it is no member any more, and so somebody outside may know it: replace it. */
            maker_has_left: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: null | string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            last_used_at: null | string;
        };
        /** @description Where the person is, when the caller is an app's server. */
        AppClient: {
            ip: null | string;
            user_agent: null | string;
        };
        ApplyTemplatesResponse: {
            object: string;
            changes: components["schemas"]["PlanResponseChange"][];
            /** @description By template the version that was published. */
            versions: {
                [key: string]: number;
            };
            problems: components["schemas"]["ProblemResponse"][];
        };
        /** @description The body of POST /appointments and PATCH /appointments/{id}, where what is not named stays. */
        AppointmentRequest: {
            title: null | string;
            /** @description Who invites, as the attendees read it; the project's name without it. */
            company: null | string;
            /** @description With an offset, or by the clocks of `time_zone`: then it moves with that place's law. */
            starts_at: null | string;
            time_zone: null | string;
            /**
             * Format: int32
             * @description 5 to 1440; 60 without it.
             */
            duration_minutes: null | number;
            place: null | string;
            /** @description Where it takes place online (https). */
            join_url: null | string;
            organizer: null | components["schemas"]["AppointmentRequestOrganizerFields"];
            /** @description One to 50. In a change all who are to be invited from then on: others are called off. */
            attendees: null | components["schemas"]["AppointmentRequestAttendeeFields"][];
            /** @description Stands in the calendar, and in the first mail. */
            description: null | string;
            /** @description With whom, as the attendees read it. */
            interviewers: null | string;
            /** @description Some words for this mail alone. */
            message: null | string;
            metadata: null | components["schemas"]["JsonElement"];
            from: null | string;
        };
        AppointmentRequestAttendeeFields: {
            email: null | string;
            name: null | string;
            locale: null | string;
            /** @description In which the mail writes the time (IANA); that of the appointment without it. */
            time_zone: null | string;
        };
        AppointmentRequestOrganizerFields: {
            name: null | string;
            /** @description Gets answers to the mails. */
            email: null | string;
        };
        /** @description An appointment, and who has answered what. */
        AppointmentResponse: {
            object: string;
            id: string;
            /** @description `scheduled` or `cancelled`. */
            state: string;
            /** @description What calendars know it by. */
            uid: string;
            /**
             * Format: int32
             * @description How often it was changed.
             */
            sequence: number;
            title: string;
            company: string;
            /** Format: date-time */
            starts_at: string;
            /** @description On the clocks of `time_zone`; null for a moment. */
            starts_at_local: null | string;
            time_zone: null | string;
            /** Format: int32 */
            duration_minutes: number;
            place: null | string;
            join_url: null | string;
            organizer: null | components["schemas"]["AppointmentResponseOrganizerFacts"];
            description: null | string;
            interviewers: null | string;
            from: null | string;
            metadata: null | components["schemas"]["JsonElement"];
            attendees: components["schemas"]["AppointmentResponseAttendeeFacts"][];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /** @description Of one appointment; null in a list, and in the answer that makes one. */
            history: null | components["schemas"]["FlowLine"][];
        };
        AppointmentResponseAttendeeFacts: {
            id: string;
            email: string;
            name: null | string;
            locale: null | string;
            time_zone: null | string;
            /** @description `needs_action`, `accepted`, `declined`, `tentative` or `delegated`. */
            status: string;
            /**
             * Format: date-time
             * @description By the attendee's clock.
             */
            replied_at: null | string;
            comment: null | string;
            /** @description As the attendee's calendar writes it, when another time is proposed. */
            proposed_start: null | string;
        };
        AppointmentResponseOrganizerFacts: {
            name: null | string;
            email: null | string;
        };
        AppPasswordResetCodeRequest: {
            email: null | string;
            name: null | string;
            locale: null | string;
            client: null | components["schemas"]["AppClient"];
        };
        AppPasswordResetConfirmRequest: {
            email: null | string;
            /** @description As the person typed it. */
            code: null | string;
            new_password: null | string;
            name: null | string;
            locale: null | string;
            client: null | components["schemas"]["AppClient"];
        };
        AppPasswordResetResponse: {
            message: string;
        };
        ArmCounts: {
            arm: string;
            /**
             * Format: int64
             * @description Mails that were accepted for the arm.
             */
            messages: number;
            /**
             * Format: int64
             * @description People that they were for.
             */
            recipients: number;
            /**
             * Format: int64
             * @description Whom a mail was delivered to, or, where the relay reports no delivery, taken over for: rates are shares of these.
             */
            reached: number;
            /**
             * Format: int64
             * @description Of those, by whose server a delivery was reported.
             */
            delivered: number;
            /**
             * Format: int64
             * @description Whom none reached, and one bounced or failed.
             */
            bounced: number;
            /**
             * Format: int64
             * @description People alone; what machines open and click is not in any of these.
             */
            opened: number;
            /** Format: int64 */
            clicked: number;
            /**
             * Format: int64
             * @description By the app's word or by a click on a link that counts as one.
             */
            converted: number;
            /** Format: int64 */
            unsubscribed: number;
            /** Format: int64 */
            complained: number;
        };
        ArmResults: {
            name: string;
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            weight: number;
            /** @description What was counted. */
            counts: components["schemas"]["ArmCounts"];
            /** @description By name: `reached`, `opened`, `clicked`, `converted`. */
            metrics: {
                [key: string]: components["schemas"]["MetricResult"];
            };
            /** @description What its conversions were worth, by currency. */
            values: components["schemas"]["ConvertedValue"][];
        };
        AskForTripLinkRequest: {
            /** @description Whose page it is. */
            email: null | string;
            /** @description Of the mail and the page; without it the one that the trip knows. */
            locale: null | string;
        };
        AskForTripLinkResponse: {
            object: string;
            accepted: boolean;
        };
        AttachmentRequest: {
            filename: unknown;
            /**
             * Format: byte
             * @description Base64, or the JSON form of a Node Buffer.
             */
            content: unknown;
            /** @description A URL to fetch the content from. */
            path: null | string;
            content_type: null | string;
            content_id: null | string;
        };
        /** @description A line of the audit log as the API shows it. */
        AuditResponse: {
            object: string;
            id: string;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["AuditResponseAuditActor"];
            ip: null | string;
            /** @description Such as `relay.change`. */
            action: string;
            /** @description The id of what was changed. */
            subject_id: null | string;
            /** @description `done`; `unknown` while it is under way, or when the process died before it was known. */
            outcome: string;
            before: null | components["schemas"]["JsonElement"];
            after: null | components["schemas"]["JsonElement"];
        };
        AuditResponseAuditActor: {
            /** @description `user`, `api_key` or `system`. */
            kind: string;
            id: null | string;
            /** @description The user's address or the key's name; null when they are gone. */
            name: null | string;
        };
        /** @description The answer to POST /emails/batch. */
        BatchAnswer: {
            data: components["schemas"]["BatchAnswerCreated"][];
            /** @description With `x-batch-validation: permissive` only: what was not taken, by its place in the request. */
            errors: null | components["schemas"]["BatchAnswerRefusal"][];
        };
        BatchAnswerCreated: {
            id: string;
        };
        BatchAnswerRefusal: {
            /** Format: int32 */
            index: number;
            message: string;
        };
        BatchSuppressionsAddRequest: {
            /** @description Each as for POST /suppressions. */
            suppressions: null | components["schemas"]["SuppressionRequest"][];
        };
        BatchSuppressionsRemoveRequest: {
            /** @description Ids, or addresses, whose entries all go. */
            suppressions: null | string[];
        };
        BatchSuppressionsResponse: {
            object: string;
            data: components["schemas"]["SuppressionResponse"][];
        };
        CampaignLinksRequest: {
            application_id: null | components["schemas"]["JsonElement"];
            candidate_email: null | string;
            candidate_name: null | string;
            /** @description Of the campaign, which is made where the project has none of this title and target. */
            title: null | string;
            /** @description Where the start page leads, with a ticket: https. */
            target_url: null | string;
            locale: null | string;
            time_zone: null | string;
            /** @description A campaign of /campaigns, in place of title and target. */
            campaign_id: null | string;
        };
        CampaignLinksResponse: {
            /** @description For send_invite; the candidate's. */
            id: string;
            token: string;
            /** @description For the candidate. */
            start_url: string;
            /** Format: date-time */
            expires_at: string;
            /** @description Whether this very call made it. */
            created: boolean;
        };
        CampaignLinksSentResponse: {
            id: string;
            /** @description How far the invitation is. */
            state: string;
            /** @description The mail's, for GET /emails. */
            email_id: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: int32 */
            sends: number;
        };
        /** @description How many candidates have come how far, and the rates. A rate is null where there is nothing to divide by. */
        CampaignMetricsResponse: {
            object: string;
            /** Format: int32 */
            candidates: number;
            /** Format: int32 */
            invited: number;
            /** Format: int32 */
            sent: number;
            /** Format: int32 */
            delivered: number;
            /** Format: int32 */
            opened: number;
            /**
             * Format: int32
             * @description Who began the interview.
             */
            started: number;
            /** Format: int32 */
            expired: number;
            /** Format: int32 */
            bounced: number;
            /** Format: int32 */
            complained: number;
            /** Format: int32 */
            revoked: number;
            /**
             * Format: double
             * @description Delivered of sent.
             */
            delivery_rate: null | number;
            /**
             * Format: double
             * @description Opened of delivered; only with `track_opens`.
             */
            open_rate: null | number;
            /**
             * Format: double
             * @description Bounced of invited.
             */
            bounce_rate: null | number;
            /**
             * Format: double
             * @description Complaints of delivered.
             */
            complaint_rate: null | number;
            /**
             * Format: double
             * @description Started of invited.
             */
            start_rate: null | number;
        };
        /** @description The body of POST /campaigns and PATCH /campaigns/{id}: what is given changes; null empties. */
        CampaignRequest: {
            /** @description The position, as it was advertised; stands in the subject. */
            title: null | string;
            /** @description Your own name for the job. */
            job: null | string;
            /** @description Who hires; without it the project's company, or its name. */
            company: null | string;
            /** @description Where the start page leads, with a ticket: https. */
            target_url: null | string;
            /**
             * Format: int32
             * @description How long links work: 1 minute to 366 days; 7 days (10080) without it.
             */
            expires_in_minutes: null | number;
            /**
             * Format: int32
             * @description How long before the end who has not begun is reminded; null for no reminder.
             */
            remind_before_minutes: null | number;
            /** @description Of the mails; the first one for candidates who read none of them. Without any: the candidate's, else the project's. */
            locales: null | string[];
            /** @description Of candidates who have none (IANA). */
            time_zone: null | string;
            /** @description Who the mails come from; EMAIL_FROM without it. */
            from: null | string;
            reply_to: null | string;
            /** @description Some words to the candidates. */
            message: null | string;
            /**
             * Format: int32
             * @description How long the interview takes.
             */
            duration_minutes: null | number;
            /** @description Whether the link leads on again after the interview was begun; true without it. */
            may_restart: null | boolean;
            /** @description Whether opens of the mails are recorded; false without it. */
            track_opens: null | boolean;
        };
        /** @description A campaign. How far it is: GET /campaigns/{id}/invite and /metrics. */
        CampaignResponse: {
            object: string;
            id: string;
            title: string;
            job: null | string;
            company: null | string;
            target_url: string;
            /** Format: int32 */
            expires_in_minutes: number;
            /** Format: int32 */
            remind_before_minutes: null | number;
            locales: string[];
            time_zone: null | string;
            from: null | string;
            reply_to: null | string;
            message: null | string;
            /** Format: int32 */
            duration_minutes: null | number;
            may_restart: boolean;
            track_opens: boolean;
            test: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: int32
             * @description Whom POST /campaigns/{id}/invite would invite: who is `new`. Absent in lists.
             */
            not_invited: null | number;
        };
        CampaignsListResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["CampaignResponse"][];
        };
        CampaignsRemovedResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        CancelAppointmentRequest: {
            /** @description Some words for the mail. */
            message: null | string;
        };
        CancelMessageResponse: {
            object: string;
            id: string;
            /** @description The recipients that will not get it. */
            canceled: string[];
            /** @description Those for whom it was too late; empty when all of it was canceled. */
            not_canceled: components["schemas"]["CancelMessageTooLate"][];
        };
        CancelMessageTooLate: {
            email: string;
            state: string;
        };
        CandidateActionsExtendRequest: {
            /**
             * Format: date-time
             * @description Later than now and than before, at most 366 days ahead.
             */
            expires_at: null | string;
        };
        CandidateActionsRevokeRequest: {
            /** @description Why, in your words, for the candidate. */
            message: null | string;
            /** @description Whether the candidate is told, if a mail was sent before; true without it. */
            notify: null | boolean;
        };
        CandidateFilesResponse: {
            object: string;
            dry_run: boolean;
            /**
             * Format: int32
             * @description Of candidates, right or wrong.
             */
            rows: number;
            /** Format: int32 */
            added: number;
            /** Format: int32 */
            changed: number;
            /** Format: int32 */
            unchanged: number;
            /**
             * Format: int32
             * @description Wrong ones.
             */
            refused: number;
            /** @description The first thousand; rows as a program for tables counts them, the line of names being 1. */
            errors: components["schemas"]["CandidateProblem"][];
        };
        /** @description What is wrong with a row of a file. */
        CandidateProblem: {
            /**
             * Format: int32
             * @description As a program for tables counts: the line of names is 1.
             */
            row: number;
            /** @description Its name; null for the row as a whole. */
            column: null | string;
            message: string;
        };
        /** @description A candidate and how it stands with the invitation. */
        CandidateResponse: {
            object: string;
            id: string;
            campaign_id: string;
            application_id: string;
            email: string;
            name: null | string;
            locale: null | string;
            time_zone: null | string;
            /** @description `new`, `created`, `sent`, `delivered`, `opened`, `used`, `expired`, `bounced` or `revoked`. */
            state: components["schemas"]["InvitationState"];
            /**
             * Format: date-time
             * @description When the link ends; null for who has none.
             */
            expires_at: null | string;
            /** @description The last mail's. */
            email_id: null | string;
            /**
             * Format: int32
             * @description Mails of this link that were asked for, reminders aside.
             */
            sends: number;
            /** Format: date-time */
            sent_at: null | string;
            /** Format: date-time */
            delivered_at: null | string;
            /** Format: date-time */
            opened_at: null | string;
            /** Format: date-time */
            reminded_at: null | string;
            /** Format: date-time */
            used_at: null | string;
            /**
             * Format: int32
             * @description How often the interview was begun.
             */
            starts: number;
            /** Format: date-time */
            bounced_at: null | string;
            /** Format: date-time */
            complained_at: null | string;
            /** Format: date-time */
            expired_at: null | string;
            /** Format: date-time */
            revoked_at: null | string;
            /** @description Why it bounced, or was revoked. */
            note: null | string;
            test: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description What happened, in order; absent in lists. */
            timeline: null | components["schemas"]["TimelineEntry"][];
        };
        CandidatesListResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["CandidateResponse"][];
        };
        CandidatesRemovedResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        CandidatesRequest: {
            /** @description Your own name of the application, unique in the project; cannot be changed. */
            application_id: null | string;
            email: null | string;
            name: null | string;
            /** @description BCP 47. */
            locale: null | string;
            /** @description IANA; in which the mails say when the link ends. */
            time_zone: null | string;
        };
        CarpoolPathsOfferDone: {
            success: boolean;
            offer: components["schemas"]["OfferResponse"];
        };
        CarpoolPathsRequest: {
            /** @description For all but `/api/offer/cancel`. */
            reservation_id: null | string;
            /** @description For `/api/offer/cancel`. */
            offer_id: null | string;
            /** @description Words for the other side, in the mail. */
            message: null | string;
        };
        CarpoolPathsReservationDone: {
            success: boolean;
            reservation: components["schemas"]["ReservationResponse"];
        };
        /** @description A cause of the catalogue of errors, in the language of the request. */
        CauseFacts: {
            /** @description Stable; see docs/guides/errors.md. */
            code: string;
            /** @description What happened. */
            title: string;
            /** @description What to do about it. */
            remedy: string;
        };
        ChangeEmailRequest: {
            password: null | string;
            new_email: null | string;
        };
        ChangeMemberRequest: {
            /** @description `owner`, `admin`, `developer` or `viewer`. */
            role: null | string;
        };
        ChangeOfferRequest: {
            /** @description By the clock where the trip begins. */
            departure_at: null | string;
            time_zone: null | string;
            /**
             * Format: int32
             * @description Not below what is taken.
             */
            seats: null | number;
            /** Format: double */
            price: null | number;
            currency: null | string;
        };
        ChangePasswordRequest: {
            current_password: null | string;
            new_password: null | string;
        };
        ChangeProjectRequest: {
            name: null | string;
            default_locale: null | string;
            /** @description Where relays must process this project's mail; null for anywhere. What no relay may carry then waits and says why. */
            region: null | string;
            /** @description Addresses; empty or null for the project's owners. */
            alert_emails: null | string[];
            retention: null | components["schemas"]["RetentionFacts"];
            tracking: null | components["schemas"]["TrackingRequest"];
            /**
             * Format: int32
             * @description How many requests all keys of the project together may make in a second; null for any number.
             */
            rate_per_second: null | number;
            /** @description Stands in the footer of templates, where neither the message nor the sender identity says it; so do the two that follow. */
            company_name: null | string;
            /** @description May have several lines. */
            postal_address: null | string;
            /** @description What the law wants said, such as register and managing directors; behind the address. */
            legal_footer: null | string;
            /** @description Whether members reach the project with two-factor sign-in only. By an owner in the console, whose own is on. */
            require_two_factor: null | boolean;
        };
        CheckAvailabilityRequest: {
            /** @description What is to stand before the @. */
            username: null | string;
            /** @description One of /mailbox-domains; the user's choice, or the project's default, without it. */
            domain: null | string;
        };
        CheckAvailabilityResponse: {
            available: boolean;
            /** @description The whole address. */
            email: string;
            /** @description Five free names when it is not; else none. */
            suggestions: string[];
        };
        CompareTemplateVersionsFileDiff: {
            file: string;
            /** @description `added`, `removed` or `changed`. */
            status: string;
            diff: string;
        };
        CompareTemplateVersionsResponse: {
            object: string;
            from: string;
            to: string;
            files: components["schemas"]["CompareTemplateVersionsFileDiff"][];
        };
        Comparison: {
            /**
             * Format: double
             * @description This arm's rate less the first's.
             */
            difference: null | number;
            /**
             * Format: double
             * @description Of a two-sided test of equal rates; null without enough data.
             */
            p_value: null | number;
            /**
             * Format: double
             * @description The same times the number of comparisons (Bonferroni).
             */
            adjusted_p_value: null | number;
            /** @description One of Verdicts. */
            verdict: string;
        };
        CompleteSignInRequest: {
            code: null | string;
            recovery_code: null | string;
        };
        ConcludeExperimentRequest: {
            /** @description Whose version messages take from now on. */
            arm: null | string;
        };
        /** @description What is set up in a project, without secrets: written out by GET /configuration/export, taken by POST /configuration/import. */
        ConfigurationDocument: {
            object: string;
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            exported_at: string;
            project: components["schemas"]["ConfigurationDocumentProjectPart"];
            domains: components["schemas"]["ConfigurationDocumentDomainPart"][];
            relays: components["schemas"]["ConfigurationDocumentRelayPart"][];
            webhooks: components["schemas"]["ConfigurationDocumentWebhookPart"][];
            account_settings: null | components["schemas"]["ConfigurationDocumentAccountPart"];
            /** @description Names alone: GET /templates/export holds the templates. */
            templates: string[];
            /** @description What the document does not hold, and where it comes from. */
            left_out: components["schemas"]["ConfigurationDocumentMissing"][];
        };
        ConfigurationDocumentAccountPart: {
            callback_url: string;
            from: null | string;
            app_name: null | string;
            app_url: null | string;
            support_email: null | string;
            reset_url: null | string;
            lookup: boolean;
        };
        ConfigurationDocumentDomainPart: {
            name: string;
            include_subdomains: boolean;
        };
        ConfigurationDocumentMissing: {
            what: string;
            why: string;
        };
        /** @description As PATCH /project takes it, but `require_two_factor`. */
        ConfigurationDocumentProjectPart: {
            name: string;
            default_locale: string;
            region: null | string;
            alert_emails: string[];
            retention: components["schemas"]["RetentionFacts"];
            tracking: components["schemas"]["TrackingRequest"];
            /** Format: int32 */
            rate_per_second: null | number;
            company_name: null | string;
            postal_address: null | string;
            legal_footer: null | string;
        };
        /** @description As POST /relays takes it; a secret is `{"set": true}`. */
        ConfigurationDocumentRelayPart: {
            name: string;
            kind: string;
            preset: null | string;
            preset_region: null | string;
            enabled: boolean;
            /** Format: int32 */
            priority: number;
            /** Format: int32 */
            weight: number;
            lanes: string[];
            region: null | string;
            senders: string[];
            /** Format: int32 */
            max_connections: null | number;
            /** Format: double */
            rate_per_second: null | number;
            /** Format: int64 */
            day_quota: null | number;
            /** Format: int64 */
            month_quota: null | number;
            domain_limits: components["schemas"]["DomainLimit"][];
            warm_up: null | components["schemas"]["WarmUp"];
            settings: Record<string, never>;
        };
        ConfigurationDocumentWebhookPart: {
            endpoint: string;
            events: string[];
            enabled: boolean;
        };
        ConnectionEndpointsCheckResponse: {
            object: string;
            /** @description Whether nothing hinders. */
            ok: boolean;
            problem: null | components["schemas"]["ProblemFacts"];
        };
        ConnectionEndpointsConnectionList: {
            object: string;
            data: components["schemas"]["ConnectionResponse"][];
        };
        ConnectionEndpointsFieldFacts: {
            name: string;
            title: string;
            help: string;
            example: string;
            required: boolean;
            /** @description Stored encrypted and never given back: shown as `{"set": true}`. */
            secret: boolean;
        };
        ConnectionEndpointsKindFacts: {
            /** @description As in `kind`. */
            name: string;
            title: string;
            /** @description In the order in which a form asks for them. */
            fields: components["schemas"]["ConnectionEndpointsFieldFacts"][];
        };
        ConnectionEndpointsKindList: {
            object: string;
            data: components["schemas"]["ConnectionEndpointsKindFacts"][];
        };
        /** @description The body of POST /mailbox-connections and PATCH /mailbox-connections/{id}. What is absent keeps its value or gets its default; null takes an optional setting out. */
        ConnectionRequest: {
            /** @description Unique in the project; the kind's without it. */
            name: null | string;
            /** @description As in GET /mailbox-connections/kinds; fixed once the connection is made. */
            kind: null | string;
            enabled: null | boolean;
            /** @description By the fields of its kind. A secret that is not given, or given as `{"set": true}`, stays as it is. */
            settings: null | Record<string, never>;
            /**
             * Format: int32
             * @description PATCH only: the one that the change was made from.
             */
            revision: null | number;
        };
        /** @description A connection to a provider of mailboxes as the API shows it. */
        ConnectionResponse: {
            object: string;
            id: string;
            name: string;
            kind: string;
            enabled: boolean;
            /** @description By the fields of its kind; a secret is `{"set": true}` and never its value. Null when they can no longer be decrypted. */
            settings: null | Record<string, never>;
            quota: null | components["schemas"]["QuotaFacts"];
            problem: null | components["schemas"]["ProblemFacts"];
            /**
             * Format: int32
             * @description Grows with every change; a PATCH that names it is refused when somebody else was faster.
             */
            revision: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        ConsentResponse: {
            object: string;
            id: string;
            /** @description To what, in the project's own words. */
            purpose: string;
            granted: boolean;
            /** @description Where it was said. */
            source: null | string;
            /** Format: date-time */
            at: string;
        };
        /** @description The body of POST /contacts, PUT and PATCH /contacts/{id}. */
        ContactRequest: {
            /** @description Whose contact it is; POST only. */
            email: null | string;
            /** @description How to address the person: a template's variable `name`. */
            name: null | string;
            /** @description The language the person reads (BCP 47), used when a call names none. */
            locale: null | string;
            /** @description In which the person's dates are written (IANA). */
            time_zone: null | string;
            /** @description By the name of a template's variable: strings, numbers, true or false. PATCH merges them; null removes one. */
            attributes: null | Record<string, never>;
            /** @description By topic, `*` for all list mail, `opt_in` or `opt_out`: the same as the suppression list has. What is not named stays, with PUT too. */
            preferences: null | {
                [key: string]: string;
            };
        };
        ContactResponse: {
            object: string;
            id: string;
            email: string;
            name: null | string;
            locale: null | string;
            time_zone: null | string;
            attributes: Record<string, never>;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description Topics that the person has unsubscribed from, and `*` for all list mail, as `opt_out`; what is not named is wanted. Absent in lists. */
            preferences: null | {
                [key: string]: string;
            };
            /** @description What the person agreed to or took back, the last first; absent in lists. */
            consents: null | components["schemas"]["ConsentResponse"][];
        };
        ConvertedValue: {
            /** @description Null for what is no money. */
            currency: null | string;
            /** Format: double */
            total: number;
            /** Format: int64 */
            conversions: number;
        };
        CreateActionLinkChoiceUrl: {
            key: string;
            label: string;
            url: string;
        };
        CreateActionLinkRequest: {
            /** @description Your name for what it decides: `approve-invoice`. */
            purpose: null | string;
            /** @description Whom or what it is about: an address or an id. */
            subject: null | string;
            /** @description The page's heading. */
            title: null | string;
            /** @description What stands below it; line breaks are kept. */
            text: null | string;
            /** @description The label of the one button; its choice is called `confirm`. Or `choices`. */
            button: null | string;
            /** @description One to five. */
            choices: null | components["schemas"]["ActionLinkChoice"][];
            /**
             * Format: date-time
             * @description One minute to a year ahead; seven days without it.
             */
            expires_at: null | string;
            /** @description False for a link that may be used until it ends. */
            single_use: null | boolean;
            /** @description Links of one decision share it: using one settles the others. */
            group: null | string;
            /** @description Where a button on the last page leads: https. It is taken from you alone, never from the link's address. */
            redirect_url: null | string;
            metadata: null | components["schemas"]["JsonElement"];
            /** @description The page's language; without it that of its reader. English and French. */
            locale: null | string;
        };
        CreateActionLinkResponse: {
            object: string;
            id: string;
            /** @description For the mail; it is not shown again. */
            url: string;
            /** @description For those whose link does not open; they enter it at `code_url`. It is not shown again. */
            code: string;
            code_url: string;
            /** Format: date-time */
            expires_at: string;
            /** @description With an address for each, for a mail with several buttons: the page asks about that one first. */
            choices: components["schemas"]["CreateActionLinkChoiceUrl"][];
        };
        CreateExperimentArmRequest: {
            /** @description Small letters, digits, dashes, underscores. */
            name: null | string;
            /**
             * Format: int32
             * @description A published version of the template.
             */
            version: null | number;
            /**
             * Format: int32
             * @description Its share of the recipients, beside the other arms' weights; 1 when it is not given.
             */
            weight: null | number;
        };
        CreateExperimentRequest: {
            /** @description For people. */
            name: null | string;
            /** @description The first is what the others are compared with. */
            arms: null | components["schemas"]["CreateExperimentArmRequest"][];
            rule: null | components["schemas"]["CreateExperimentRuleRequest"];
        };
        CreateExperimentRuleRequest: {
            /** @description `opened`, `clicked` or `converted`. */
            metric: null | string;
            /**
             * Format: int32
             * @description Reached by each arm before it looks; 1000 when it is not given, at least 100.
             */
            minimum_recipients: null | number;
            /**
             * Format: int32
             * @description Since the start, before it looks; 24 when it is not given.
             */
            after_hours: null | number;
            /**
             * Format: double
             * @description Of the whole comparison; 0.95 when it is not given.
             */
            confidence: null | number;
            /** @description What becomes of it when nothing is found: `continue`, which is the default, or `stop`. */
            otherwise: null | string;
        };
        /** @description A refusal that says what would be free. */
        CreateMailboxNameTaken: {
            /** Format: int32 */
            status_code: number;
            name: string;
            message: string;
            suggestions: string[];
        };
        CreateMailboxRequest: {
            /** @description What is to stand before the @: a-z, 0-9, and `.`, `-`, `_` between them; 64 at most. */
            username: null | string;
            /** @description 100 characters at most; what cannot be seen is taken out. */
            display_name: null | string;
            /** @description One of /mailbox-domains; the user's choice, or the project's default, without it. */
            domain: null | string;
        };
        CreateProjectRequest: {
            name: null | string;
            /** @description The language of a template when a call names none (BCP 47); `en` without it. */
            default_locale: null | string;
        };
        CreateRequestBehalfFields: {
            name: null | string;
            email: null | string;
        };
        CreateRequestDetail: {
            label: null | string;
            value: null | string;
        };
        CreateRequestPersonFields: {
            email: null | string;
            name: null | string;
            /** @description Of mails and page (BCP 47). */
            locale: null | string;
            /** @description IANA; dates are written, and wall times meant, by its clocks. */
            time_zone: null | string;
        };
        /** @description One of: minutes before the deadline; a time of the person's clocks on the day, or days before it; a moment. */
        CreateRequestReminder: {
            /** Format: int32 */
            minutes_before: null | number;
            /** Format: int32 */
            days_before: null | number;
            time: null | string;
            at: null | string;
        };
        CreateRequestRequest: {
            /** @description What is to be decided, in a few words. */
            title: null | string;
            /** @description What there is to know, 2000 characters at most. */
            text: null | string;
            /** @description Facts as lines of label and value. */
            details: null | components["schemas"]["CreateRequestDetail"][];
            /** @description Two to five buttons. */
            choices: null | components["schemas"]["ActionLinkChoice"][];
            person: null | components["schemas"]["CreateRequestPersonFields"];
            /** @description With an offset, or by the person's clocks; seven days from now without it. */
            deadline: null | string;
            /** @description Ten at most. */
            reminders: null | components["schemas"]["CreateRequestReminder"][];
            on_behalf_of: null | components["schemas"]["CreateRequestBehalfFields"];
            /** @description Whether the page has a field for some words. */
            comment: null | boolean;
            metadata: null | components["schemas"]["JsonElement"];
            from: null | string;
        };
        CreateWebhookResponse: {
            object: string;
            id: string;
            /** @description `whsec_` and base64: shown here and nowhere else. Keep it where the receiver can read it. */
            signing_secret: string;
        };
        /** @description How a program sends as the mailbox. Shown once. */
        CredentialsResponse: {
            smtp_server: string;
            /** Format: int32 */
            smtp_port: number;
            username: string;
            password: string;
            /** @description For the webmail, where it is another one. */
            web_password: null | string;
        };
        /** @description A message of the system's own that could not be handled: a reminder, a step of a reservation. */
        DeadLetterResponse: {
            object: string;
            id: string;
            /** @description The message's own id, the same for each of its handlers. */
            message_id: string;
            /** @description What the message is, such as `reservations.reminder-due`. */
            type: string;
            /** @description Who was to handle it. */
            handler: string;
            /** @description Of a timer. */
            key: null | string;
            /**
             * Format: int32
             * @description How often it was tried.
             */
            attempts: number;
            /** @description What was wrong the last time. */
            error: string;
            /** Format: date-time */
            published_at: string;
            /**
             * Format: date-time
             * @description When it was to be handled.
             */
            due_at: string;
            /** Format: date-time */
            died_at: string;
        };
        DiscardDeadLetterResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        DiscardDeadLettersRequest: {
            /** @description 1 to 100. Those that are gone meanwhile are passed over. */
            ids: null | string[];
        };
        DiscardDeadLettersResponse: {
            object: string;
            /**
             * Format: int32
             * @description How many there were.
             */
            discarded: number;
        };
        /** @description What the doctor has found. */
        DoctorAnswer: {
            object: string;
            relay: string;
            /** @description Whether no step has failed. */
            ok: boolean;
            steps: components["schemas"]["DoctorAnswerStepFacts"][];
        };
        DoctorAnswerStepFacts: {
            name: string;
            /** @description `ok`, `failed` or `skipped`. */
            status: string;
            /** Format: double */
            duration_ms: number;
            /** @description What was said or found, in English. */
            seen: string;
            cause: null | components["schemas"]["CauseFacts"];
        };
        /** @description The body of both doctor's calls; it may be left out. */
        DoctorRequest: {
            /** @description Who shall get a real mail; nobody without it. */
            to: null | string;
            /** @description Its sender; without it one that the relay is known to take. */
            from: null | string;
            /**
             * Format: int32
             * @description How long the fate of that mail is waited for, 1 to 120; 30 without it. Then it is taken back where that is still possible.
             */
            wait_seconds: null | number;
        };
        /** @description How much a relay sends to one destination domain, all workers together. At least one of the two is set. */
        DomainLimit: {
            /** @description In lower case, A-labels; string DomainLimit.Any for each domain that has no line of its own. */
            domain: string;
            /**
             * Format: double
             * @description Recipients a second; null for no limit.
             */
            rate_per_second?: null | number;
            /**
             * Format: int32
             * @description Messages that are being handed over at the same time; null for no limit.
             */
            max_concurrent?: null | number;
        };
        /** @description The body of POST /domains and PATCH /domains/{id}. */
        DomainRequest: {
            /** @description POST only: the domain, such as `example.com`; internationalized names as people write them or in A-labels. */
            name: null | string;
            /** @description Whether mail from domains below it is accepted and signed with its key, too. True without it. */
            include_subdomains: null | boolean;
        };
        /** @description A domain as the API shows it; Resend's fields and more. */
        DomainResponse: {
            object: string;
            id: string;
            /** @description In A-labels. */
            name: string;
            /** @description As typed. */
            display_name: string;
            /** @description `not_started`, `pending`, `verified`, `temporary_failure` (was verified; its key record is missing for now, and its mail still goes) or `failed`. */
            status: string;
            include_subdomains: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            verified_at: null | string;
            /** Format: date-time */
            checked_at: null | string;
            /**
             * Format: date-time
             * @description When it is looked at next without being asked.
             */
            next_check_at: null | string;
            /** Format: date-time */
            missing_since: null | string;
            /** @description What to set in DNS, and what stands there. Not in lists. */
            records: null | components["schemas"]["DomainResponseRecordFacts"][];
        };
        /** @description One record. */
        DomainResponseRecordFacts: {
            /** @description What it is for: `DKIM`, `SPF`, `DMARC`, `ReturnPath` or `Tracking`. */
            record: string;
            /** @description Its whole name. */
            name: string;
            /** @description The name without the domain, as most DNS forms want it; `@` for the domain itself. */
            host: string;
            /** @description `TXT`, `CNAME` or `MX`. */
            type: string;
            /** @description As good as any; `Auto`. */
            ttl: string;
            /** @description `not_started`, `pending` (nothing there yet), `verified`, `failed` (something else, or too much), `temporary_failure` (DNS gave no answer). */
            status: string;
            /** @description What it has to say, in one piece. */
            value: string;
            /** @description The same in strings of at most 255 octets in quotation marks, for a zone file and for forms that do not split by themselves; TXT only. */
            zone_value: null | string;
            /**
             * Format: int32
             * @description Of an MX record.
             */
            priority: null | number;
            /** @description Whether the domain is verified by it. */
            required: boolean;
            /** @description `missing`, `wrong`, `several`, `broken`, `cut`, `too_many_lookups`, `misplaced` or `unreachable`; null for none. */
            problem: null | string;
            /** @description What stands there. */
            found: string[];
            /** @description What should stand there in place of what does, when that is not `value`: an SPF record with ours added. */
            suggestion: null | string;
            /** @description Of a key: `active`, `next` (signs when its record is seen) or `old`. */
            key: null | string;
            /** @description All of this in words, in the language of Accept-Language. */
            advice: string;
        };
        DuplicateTemplateRequest: {
            /** @description Of the copy. A copy of a built-in template may keep its key: it then takes its place in this project. */
            key: null | string;
            /** @description Of the copy; that of the original when it is not given. */
            name: null | string;
        };
        /** @description A message as an app hands it over, in Resend's shape (POST /emails), not yet checked. Unknown fields are ignored, null counts as absent. */
        EmailRequest: {
            from?: null | string;
            to?: null | string | string[];
            cc?: null | string | string[];
            bcc?: null | string | string[];
            reply_to?: null | string | string[];
            subject?: null | string;
            html?: null | string;
            text?: null | string;
            headers?: null | {
                [key: string]: string;
            };
            tags?: null | components["schemas"]["TagRequest"][];
            attachments?: null | components["schemas"]["AttachmentRequest"][];
            /** @description ISO 8601, or words, which are UTC: `in 5 minutes`, `tomorrow at 9am`, `friday at 14:30`; at most 30 days ahead. */
            scheduled_at?: null | string;
            template?: null | components["schemas"]["MessagesTemplateRequest"];
            /** @description `critical`, `normal` or `bulk`; without it the template's lane, else normal. */
            lane?: null | string;
            /** @description `at_least_once` (default) or `at_most_once`: what to do when nobody knows whether the relay took the message. */
            delivery_guarantee?: null | string;
            /** @description What the message is about, in the sender's own words, such as `weekly-news`: who unsubscribes, unsubscribes from it alone. */
            topic_id?: null | string;
            /** @description Whether the message carries a one-click unsubscribe link (RFC 8058). Bulk mail always does, a code never; without it the template decides. */
            unsubscribe?: null | boolean;
            tracking?: null | components["schemas"]["TrackingRequest"];
            /**
             * @description Whether the bodies, or the template's variables, hold a code or a link that proves who reads the mailbox: then they are stored encrypted, shown to nobody but the
             *     recipient, and not tracked. The subject is stored as it is. Variables that the template declares as secret need no such word.
             */
            sensitive?: null | boolean;
        };
        EmptySandboxResponse: {
            object: string;
            /**
             * Format: int32
             * @description How many there were.
             */
            deleted: number;
        };
        /** @description The body of POST /templates/plan and /templates/apply. With `Content-Type: application/zip` the body is the folder, and the rest stands in the query. */
        EnvironmentRequest: {
            /** @description By path the text of each file: `password-reset/template.mjml`, `_layout/header.mjml`. */
            files: null | {
                [key: string]: string;
            };
            /** @description Whether templates and layouts that the folder does not have are removed; false when it is not given. */
            prune: null | boolean;
            /** @description Apply only: the `state` of the plan. Refused with 409 when the project was changed since. */
            state: null | string;
            /** @description Apply only: what is new, for colleagues; it stands with each version. */
            note: null | string;
        };
        ErasePersonRequest: {
            /** @description Without a display name. */
            email: null | string;
            /** @description `true` keeps what stops mail to the address, by a keyed hash and without the address; without it nothing is kept. */
            keep_suppressed: null | boolean;
            /** @description `true` also for an address that the project sends from; without it that is refused with 409, because all mail from it would lose its content. */
            even_as_sender: null | boolean;
        };
        /** @description That a person is forgotten, and how far it has come. It does not say who. */
        ErasureResponse: {
            object: string;
            id: string;
            /** @description `in_progress` or `finished`. */
            status: string;
            /** @description What stopped mail to the address stops it still, by a hash. */
            keep_suppressed: boolean;
            /** @description Rows that are gone, by table. */
            removed: {
                [key: string]: number;
            };
            /** @description Rows about others that stay without the address, by table. */
            cleaned: {
                [key: string]: number;
            };
            /**
             * Format: int32
             * @description Messages to others that are still to be sent; it is finished when they are out.
             */
            waiting_messages: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at: null | string;
        };
        /** @description A version that takes part. */
        ExperimentArm: {
            name: string;
            /** Format: int32 */
            version: number;
            /**
             * Format: int32
             * @description Its share, beside the other arms' weights.
             */
            weight: number;
        };
        ExperimentResponse: {
            object: string;
            id: string;
            template_id: string;
            name: string;
            /** @description `draft`, `running`, `stopped` or `concluded`. */
            status: string;
            /** @description The first is what the others are compared with. */
            arms: components["schemas"]["ExperimentArm"][];
            rule: null | components["schemas"]["WinnerRule"];
            rule_outcome: null | components["schemas"]["RuleOutcome"];
            /** @description The arm whose version was published in the end. */
            winner: null | string;
            /** @description `hand` or `rule`. */
            ended_by: null | string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: null | string;
            /** Format: date-time */
            ended_at: null | string;
            results: null | components["schemas"]["ExperimentResults"];
            results_at_end: null | components["schemas"]["ExperimentResults"];
        };
        /** @description What came of an experiment so far. People are counted, not mails: who got three mails is one, and counts as having opened when one of them was. */
        ExperimentResults: {
            /**
             * Format: date-time
             * @description When it was counted.
             */
            at: string;
            /**
             * Format: double
             * @description Of intervals and comparisons.
             */
            confidence: number;
            /**
             * Format: int32
             * @description Fewer reached than this, and nothing is said about an arm.
             */
            minimum_recipients: number;
            arms: components["schemas"]["ArmResults"][];
            sample_ratio: null | components["schemas"]["SampleRatio"];
            /** @description What a reader should know before they believe it. */
            warnings: components["schemas"]["ResultWarning"][];
        };
        ExportTemplatesResponse: {
            object: string;
            /** @description Of the project at this moment. */
            state: string;
            /** @description By path the text of each file. */
            files: {
                [key: string]: string;
            };
        };
        /** @description A line of a history. */
        FlowLine: {
            /** @description `created`, `mailed`, `not_mailed` (with the reason), `opened`, `reminded`, `resent`, `decided`, `expired`, `canceled`... */
            what: string;
            /** Format: date-time */
            at: string;
            /** @description `api`, `page`, `timer` or `mail`. */
            how: string;
            who: null | string;
            ip: null | string;
            user_agent: null | string;
            /** @description The message, for a line about a mail. */
            email_id: null | string;
            detail: null | components["schemas"]["JsonElement"];
        };
        GetDeadLetterResponse: {
            object: string;
            id: string;
            message_id: string;
            type: string;
            handler: string;
            key: null | string;
            /** Format: int32 */
            attempts: number;
            error: string;
            /** Format: date-time */
            published_at: string;
            /** Format: date-time */
            due_at: string;
            /** Format: date-time */
            died_at: string;
            /** @description The message's JSON, as text, with addresses and what looks secret masked; null when all of it is sensitive (codes, links), which nobody gets to see. */
            body: null | string;
        };
        GetGoLiveCheckFacts: {
            /** @description Stable. */
            name: string;
            ok: boolean;
            /** @description What has to be, in the language of the request. */
            title: string;
            /** @description What was found, in English. */
            seen: string;
            /** @description What to do; null when nothing needs to be done. */
            remedy: null | string;
        };
        GetGoLiveResponse: {
            object: string;
            /** @description Whether every check is. */
            ok: boolean;
            /** Format: date-time */
            checked_at: string;
            checks: components["schemas"]["GetGoLiveCheckFacts"][];
        };
        GetLimitsExampleFacts: {
            message_id: string;
            recipient: string;
            reason: string;
        };
        GetLimitsPeriodFacts: {
            /** Format: int64 */
            used: number;
            /**
             * Format: int64
             * @description Recipients.
             */
            limit: number;
            /** @description `day_quota`, `month_quota` or `warm_up`: what sets the limit. */
            from: string;
            /**
             * Format: date-time
             * @description When counting begins anew.
             */
            resets_at: string;
        };
        GetLimitsPlannedDay: {
            /** Format: date */
            date: string;
            /**
             * Format: int64
             * @description Of the plan and the day's quota what is less.
             */
            recipients: number;
        };
        GetLimitsRelayLimitsFacts: {
            id: string;
            name: string;
            enabled: boolean;
            /** Format: int32 */
            revision: number;
            /** Format: int32 */
            max_connections: null | number;
            /** Format: double */
            rate_per_second: null | number;
            /** Format: int64 */
            day_quota: null | number;
            /** Format: int64 */
            month_quota: null | number;
            domain_limits: components["schemas"]["DomainLimit"][];
            warm_up: null | components["schemas"]["WarmUp"];
            today: null | components["schemas"]["GetLimitsPeriodFacts"];
            month: null | components["schemas"]["GetLimitsPeriodFacts"];
            /** @description What the plan allows on this day (UTC) and those that follow; empty without one. */
            planned: components["schemas"]["GetLimitsPlannedDay"][];
            waiting: components["schemas"]["GetLimitsWaitingFacts"][];
        };
        GetLimitsResponse: {
            object: string;
            /**
             * Format: int32
             * @description Requests that all keys of the project together may make in a second; null for any number.
             */
            rate_per_second: null | number;
            /** @description By the order in which they are used. Without any, the default relay serves the project. */
            relays: components["schemas"]["GetLimitsRelayLimitsFacts"][];
            /** @description Who waits for the default relay's limits, which its operator sets. */
            default_relay_waiting: components["schemas"]["GetLimitsWaitingFacts"][];
            /**
             * Format: int32
             * @description More that wait are not counted.
             */
            counts_up_to: number;
        };
        GetLimitsWaitingFacts: {
            /** @description `turn` (a rate or places) or `quota` (a quota or a warm-up). */
            for: string;
            /** @description The destination whose own limit it is; null for the relay's. */
            domain: null | string;
            cause: null | string;
            /**
             * Format: int64
             * @description How many wait.
             */
            recipients: number;
            /**
             * Format: date-time
             * @description When the first of them is looked at again, if there is no room before.
             */
            next: string;
            /** @description The first of them; empty for who may not read messages. */
            examples: components["schemas"]["GetLimitsExampleFacts"][];
        };
        GetMailboxStatisticsDay: {
            /**
             * Format: date
             * @description UTC.
             */
            date: string;
            /**
             * Format: int64
             * @description That became active.
             */
            created: number;
            /**
             * Format: int64
             * @description That were removed.
             */
            deleted: number;
            sends: components["schemas"]["GetMailboxStatisticsSends"];
        };
        GetMailboxStatisticsProvider: {
            /** @description Such as `ses`. */
            name: string;
            accounts: {
                [key: string]: number;
            };
            today: components["schemas"]["GetMailboxStatisticsSends"];
            month: components["schemas"]["GetMailboxStatisticsSends"];
        };
        GetMailboxStatisticsResponse: {
            object: string;
            /** @description By state. */
            accounts: {
                [key: string]: number;
            };
            today: components["schemas"]["GetMailboxStatisticsSends"];
            month: components["schemas"]["GetMailboxStatisticsSends"];
            providers: components["schemas"]["GetMailboxStatisticsProvider"][];
            days: components["schemas"]["GetMailboxStatisticsDay"][];
        };
        GetMailboxStatisticsSends: {
            /** Format: int64 */
            sent: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            bounced: number;
            /** Format: int64 */
            complained: number;
            /**
             * Format: double
             * @description 0 to 1: of all recipients those that were reached; null when there was none.
             */
            success_rate: null | number;
        };
        GetMailboxTimelineResponse: {
            object: string;
            data: components["schemas"]["FlowLine"][];
        };
        GetMessageConversionFacts: {
            name: string;
            key: null | string;
            /** Format: double */
            value: null | number;
            currency: null | string;
            /** Format: date-time */
            occurred_at: string;
            /** @description `api`, or `link` for a click on a link that counts as one. */
            by: string;
        };
        GetMessageExperimentFacts: {
            id: string;
            /** @description The version that was chosen for it. */
            arm: string;
        };
        GetMessageKeyFacts: {
            id: string;
            /** @description Null when the key is gone without a trace: the password of a mailbox that was removed. */
            name: null | string;
            /** @description Whether it works no more. */
            revoked: boolean;
            /** @description The mailbox whose password it is; null for a key of the project's list. */
            mailbox_id: null | string;
        };
        GetMessageRecipient: {
            email: string;
            kind: string;
            state: string;
            /** Format: int32 */
            code: null | number;
            enhanced_code: null | string;
            text: null | string;
            relay: null | string;
            /** Format: int32 */
            attempts: number;
            /** Format: date-time */
            next_attempt_at: null | string;
            reason: null | string;
            cause: null | components["schemas"]["CauseFacts"];
            /**
             * Format: int64
             * @description By people; machines are counted apart.
             */
            opens: number;
            /**
             * Format: date-time
             * @description The first of them.
             */
            opened_at: null | string;
            /** Format: int64 */
            clicks: number;
            /** Format: date-time */
            clicked_at: null | string;
            /** Format: int64 */
            machine_opens: number;
            /** Format: int64 */
            machine_clicks: number;
        };
        GetMessageResponse: {
            object: string;
            id: string;
            message_id: string;
            to: string[];
            from: string;
            /** Format: date-time */
            created_at: string;
            subject: string;
            html: null | string;
            text: null | string;
            bcc: null | string[];
            cc: null | string[];
            reply_to: null | string[];
            last_event: string;
            /** Format: date-time */
            scheduled_at: null | string;
            tags: components["schemas"]["MessageTag"][];
            /** @description The message that this one repeats; null for most. */
            resent_from: null | string;
            /** @description Why it cannot be sent again; null when it can. */
            cannot_resend: null | string;
            topic_id: null | string;
            lane: string;
            template: null | components["schemas"]["GetMessageTemplateFacts"];
            /** Format: date-time */
            content_removed_at: null | string;
            /** @description Why a code or a personal link in it is not shown; null when all of it is. */
            content_hidden: null | string;
            recipients: components["schemas"]["GetMessageRecipient"][];
            experiment: null | components["schemas"]["GetMessageExperimentFacts"];
            conversions: components["schemas"]["GetMessageConversionFacts"][];
            api_key: null | components["schemas"]["GetMessageKeyFacts"];
        };
        GetMessageTemplateFacts: {
            id: string;
            version: string;
            locale: string;
        };
        GetMetricsItem: {
            /**
             * Format: date-time
             * @description When the interval begins.
             */
            at: string;
            counts: components["schemas"]["MessageCounts"];
        };
        GetMetricsResponse: {
            object: string;
            /** @description `hour` or `day`. */
            interval: string;
            time_zone: string;
            /**
             * Format: date-time
             * @description When the first interval begins.
             */
            from: string;
            /** Format: date-time */
            to: string;
            totals: components["schemas"]["MessageCounts"];
            /** @description One for each interval, the oldest first; the last is not over yet. */
            data: components["schemas"]["GetMetricsItem"][];
        };
        GetReservationStatisticsResponse: {
            object: string;
            /** Format: int64 */
            pending: number;
            /** Format: int64 */
            overdue: number;
            /** Format: int64 */
            requested: number;
            /** Format: int64 */
            accepted: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            expired: number;
            /** Format: int64 */
            cancelled: number;
            /** Format: int64 */
            removed: number;
            /** Format: int64 */
            offers_cancelled: number;
            /** Format: double */
            acceptance_rate: null | number;
            /** Format: int64 */
            mails_sent_today: number;
            /** Format: int64 */
            mails_refused_today: number;
            /** Format: date-time */
            since: null | string;
        };
        GetSandboxMessageFile: {
            filename: null | string;
            content_type: string;
            /**
             * Format: int32
             * @description Decoded.
             */
            bytes: number;
        };
        GetSandboxMessageHeader: {
            name: string;
            value: string;
        };
        GetSandboxMessageResponse: {
            object: string;
            id: string;
            /** @description The message as `POST /emails` answered it. */
            email_id: string;
            to: string;
            from: string;
            subject: string;
            /** Format: date-time */
            captured_at: string;
            /** @description The one-time code that was found in it; null when there is none. */
            code: null | string;
            /** @description In their order, each once. */
            links: components["schemas"]["ListSandboxMessagesLink"][];
            html: null | string;
            text: null | string;
            headers: components["schemas"]["GetSandboxMessageHeader"][];
            attachments: components["schemas"]["GetSandboxMessageFile"][];
        };
        GetSmtpSettingsResponse: {
            object: string;
            /** @description Whether this installation takes mail by SMTP at all (docs/guides/smtp.md). */
            enabled: boolean;
            /** @description The name that apps connect to. */
            host: string;
            /**
             * Format: int32
             * @description For STARTTLS; null where it is not open.
             */
            starttls_port: null | number;
            /**
             * Format: int32
             * @description For TLS from the first byte; null where it is not open.
             */
            tls_port: null | number;
            /** @description Whether programs on the API's own machine may go without TLS. */
            clear_text_on_this_machine: boolean;
            /** @description Any name will do; the password is an API key with the scope `emails:send`. */
            username: string;
            /**
             * Format: int32
             * @description The largest mail.
             */
            max_message_bytes: number;
        };
        GetSystemBusFacts: {
            /** Format: int64 */
            due: number;
            /**
             * Format: int64
             * @description Timers whose time has not come, and what is tried again.
             */
            later: number;
            /** Format: int64 */
            running: number;
            /** Format: date-time */
            oldest_due_at: null | string;
            /** Format: int64 */
            oldest_age_seconds: null | number;
            /** Format: int64 */
            dead_letters: number;
        };
        GetSystemCacheFacts: {
            /** @description `ok`, `away` (each process keeps limits for itself until it is back) or `none` (none is configured; the same). */
            status: string;
            /** Format: double */
            latency_ms: null | number;
        };
        GetSystemDatabaseFacts: {
            version: string;
            /** Format: double */
            latency_ms: number;
            /** Format: int64 */
            size_bytes: number;
            /**
             * Format: double
             * @description For how long the oldest open transaction has been open; null for none.
             */
            oldest_transaction_seconds: null | number;
            /** Format: int32 */
            connections: number;
            /** Format: int32 */
            max_connections: number;
            /**
             * Format: double
             * @description How much the database's clock is before this process's; negative when it is behind.
             */
            clock_ahead_ms: number;
            /** @description Months that have tables of their own, such as `2026-03`. */
            months: string[];
            has_next_month: boolean;
            /**
             * Format: int64
             * @description About how many messages stand in no month's table.
             */
            stray_rows: number;
        };
        GetSystemLaneFacts: {
            lane: string;
            /**
             * Format: int64
             * @description Recipients that a worker may take now.
             */
            due: number;
            /**
             * Format: int64
             * @description That wait for a relay that is away, or for room in a limit.
             */
            parked: number;
            /**
             * Format: int64
             * @description That wait for their time: scheduled, or to be tried again.
             */
            later: number;
            /**
             * Format: int64
             * @description That a worker holds.
             */
            sending: number;
            /** Format: date-time */
            oldest_due_at: null | string;
            /**
             * Format: int64
             * @description For how long the oldest of those that are due has been so.
             */
            oldest_age_seconds: null | number;
        };
        GetSystemMailboxFacts: {
            name: string;
            /** @description `ok` or `failing`. */
            status: string;
            /** Format: date-time */
            looked_at: string;
            /** Format: date-time */
            read_at: null | string;
            /** Format: date-time */
            failing_since: null | string;
            problem: null | string;
            /** Format: int64 */
            recorded: number;
            /** Format: int64 */
            set_apart: number;
        };
        GetSystemProblemFacts: {
            /** @description `workers`, `queue`, `bus`, `webhooks`, `database`, `cache` or `bounce_mailboxes`. */
            area: string;
            /** @description `serious` or `notice`. */
            severity: string;
            code: string;
            title: string;
            remedy: string;
        };
        GetSystemResponse: {
            object: string;
            /** @description `installation` for the first project, which is the operator's; `project` for every other one: queues are then the project's own, and hosts, database, cache and mailboxes are not told. */
            scope: string;
            /** Format: date-time */
            checked_at: string;
            /** @description `ok`, `notice` (it can wait until tomorrow) or `serious` (mail does not go out, or soon will not). */
            status: string;
            /** @description Of this API. */
            version: string;
            /** @description What is wrong, what is serious first. */
            problems: components["schemas"]["GetSystemProblemFacts"][];
            /** @description Those that were heard within a day. */
            workers: components["schemas"]["GetSystemWorkerFacts"][];
            /** @description By lane: `critical`, `normal`, `bulk`. */
            queue: components["schemas"]["GetSystemLaneFacts"][];
            bus: components["schemas"]["GetSystemBusFacts"];
            webhooks: components["schemas"]["GetSystemWebhookFacts"];
            database: null | components["schemas"]["GetSystemDatabaseFacts"];
            cache: null | components["schemas"]["GetSystemCacheFacts"];
            bounce_mailboxes: components["schemas"]["GetSystemMailboxFacts"][];
            /**
             * Format: int32
             * @description What waits beyond that many, in each lane or queue, is not counted.
             */
            counts_up_to: number;
        };
        GetSystemWebhookFacts: {
            /** Format: int64 */
            due: number;
            /** Format: int64 */
            later: number;
            /** Format: int64 */
            running: number;
            /** Format: date-time */
            oldest_due_at: null | string;
            /** Format: int64 */
            oldest_age_seconds: null | number;
            /**
             * Format: int64
             * @description Webhooks whose last requests failed.
             */
            failing: number;
            /**
             * Format: int64
             * @description Events that are not sent any more unless somebody asks for it.
             */
            given_up: number;
        };
        GetSystemWorkerFacts: {
            id: string;
            host: null | string;
            /** Format: int32 */
            process_id: null | number;
            version: string;
            /** @description Heard within the last seconds (`Delivery__FallbackAfter`). */
            alive: boolean;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            seen_at: string;
        };
        GetTranscriptLine: {
            /**
             * Format: double
             * @description Seconds since the connection was begun (SMTP), or the request (an HTTP API). A connection may have carried messages before.
             */
            at: number;
            /** @description `client` is us, `server` the relay, `note` tells what happened to the connection or what is left out. */
            by: string;
            text: string;
        };
        GetTranscriptResponse: {
            object: string;
            /** @description The event's, as in `GET /emails/{id}/events`. */
            id: string;
            /** @description What the attempt came to, such as `email.bounced`. */
            type: string;
            /** Format: date-time */
            created_at: string;
            recipient: null | string;
            relay: null | string;
            /**
             * Format: int32
             * @description Which one, from 1; null where the relay could not be used, which counts as none.
             */
            attempt: null | number;
            /** @description In order; about 4 KB at most, of a long one the beginning and the end. */
            lines: components["schemas"]["GetTranscriptLine"][];
        };
        GetUsageLine: {
            /**
             * Format: date
             * @description The day, or the month's first day.
             */
            period: string;
            /** @description Of the split: a lane, `name:value` of a tag, a sender's domain, the name of an API key; null without a split, and for mail without tags or a key. */
            part: null | string;
            /**
             * Format: int64
             * @description Accepted in the period.
             */
            messages: number;
            /**
             * Format: int64
             * @description Of these messages; what follows are theirs.
             */
            recipients: number;
            /**
             * Format: int64
             * @description Nothing is decided yet.
             */
            waiting: number;
            /**
             * Format: int64
             * @description A relay took the mail, or it was delivered.
             */
            sent: number;
            /**
             * Format: int64
             * @description Refused for good.
             */
            bounced: number;
            /**
             * Format: int64
             * @description Complained, suppressed, failed or canceled.
             */
            other: number;
            /** @description The key, when split by key: names are not unique, and one whose mailbox was removed has only its id. */
            key_id: null | string;
        };
        GetUsageResponse: {
            object: string;
            /**
             * Format: date
             * @description The first day that is counted.
             */
            since: string;
            /**
             * Format: date
             * @description The last one.
             */
            until: string;
            by: string;
            split: null | string;
            /** @description Whether there are more lines than one answer holds; ask for fewer days. */
            has_more: boolean;
            /** @description The latest period first. What a period has no line for, it has no mail of. */
            data: components["schemas"]["GetUsageLine"][];
        };
        GetWaitingOldest: {
            email_id: string;
            /**
             * Format: date-time
             * @description Since when it waits.
             */
            accepted_at: string;
            state: string;
            /** Format: date-time */
            next_attempt_at: string;
            /** @description Why, in words. */
            reason: string;
        };
        GetWaitingResponse: {
            object: string;
            /**
             * Format: int32
             * @description Recipients that wait now; what is scheduled is left out.
             */
            count: number;
            /** @description That there are more than were counted. */
            has_more: boolean;
            oldest: null | components["schemas"]["GetWaitingOldest"];
        };
        /** @description The body of POST /sender-identities and PATCH /sender-identities/{id}. What is absent stays; null or an empty text takes it out. */
        IdentityRequest: {
            /** @description The address alone. It gets a mail with a link. */
            email: null | string;
            /** @description Who its mail is shown to be from. */
            name: null | string;
            /** @description Where answers go. */
            reply_to: null | string;
            /** @description Whose address it is. */
            company: null | string;
            /** @description Which many countries want in bulk mail. */
            postal_address: null | string;
        };
        /** @description A sender identity as the API shows it. */
        IdentityResponse: {
            object: string;
            id: string;
            email: string;
            name: null | string;
            reply_to: null | string;
            company: null | string;
            postal_address: null | string;
            /** @description `pending` until the link that was mailed to it is opened and confirmed, then `verified`. */
            status: string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When the link was mailed last; it works for a week.
             */
            mailed_at: null | string;
            /** Format: date-time */
            verified_at: null | string;
        };
        /** Format: binary */
        IFormFile: string;
        /** @description What an import does with one thing, or would do. */
        ImportStep: {
            /** @description `project`, `domain`, `relay`, `webhook` or `account_settings`. */
            kind: string;
            name: string;
            /** @description `create`, `change`, `same`, `skip` (left to a person; `detail` says what is to be done) or `refused` (`detail` says why). */
            action: string;
            detail?: null | string;
            /** @description Of what was made anew: here and nowhere else. */
            signing_secret?: null | string;
        };
        ImportSuppressionsResponse: {
            object: string;
            /**
             * Format: int64
             * @description With an address, right or wrong.
             */
            lines: number;
            /** Format: int64 */
            added: number;
            /**
             * Format: int64
             * @description Of the right ones, how many stood there before.
             */
            known: number;
            /** Format: int64 */
            refused: number;
            /** @description The first 1,000 wrong lines. */
            errors: components["schemas"]["SuppressionImportProblem"][];
        };
        InboxPagesSignInForm: {
            /** @description The mailbox's. */
            address: null | string;
            /** @description The one of its SMTP credentials. */
            password: null | string;
        };
        InterviewKeysKey: {
            kty: string;
            crv: string;
            /** @description As the ticket's header names it. */
            kid: string;
            use: string;
            alg: string;
            x: string;
            y: string;
        };
        InterviewKeysKeySet: {
            keys: components["schemas"]["InterviewKeysKey"][];
        };
        InterviewKeysRotatedResponse: {
            object: string;
            kid: string;
            url: string;
        };
        InvitationsListResponse: {
            object: string;
            data: components["schemas"]["InvitationsResponse"][];
        };
        InvitationsRequest: {
            email: null | string;
            /** @description `owner`, `admin`, `developer` or `viewer`. */
            role: null | string;
        };
        InvitationsResponse: {
            object: string;
            id: string;
            email: string;
            role: string;
            /** @description `open`, `accepted`, `revoked` or `expired`. */
            status: string;
            /** @description Null for an app. */
            invited_by: null | string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            sent_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * @description How far an invitation is. `created` to `opened` are told by what becomes of the mail, the rest by the flow itself.
         * @enum {unknown}
         */
        InvitationState: "new" | "created" | "sent" | "delivered" | "opened" | "used" | "expired" | "bounced" | "revoked";
        InviteCandidatesRequest: {
            /** @description Ids. */
            candidates: null | string[];
            /** @description Or your own names of the applications. */
            application_ids: null | string[];
        };
        /** @description How far the last call is that invited many, and what became of all mails of the campaign. */
        InviteResponse: {
            object: string;
            /** @description `none`, `running` or `finished`. */
            state: string;
            /** Format: date-time */
            started_at: null | string;
            /** Format: date-time */
            finished_at: null | string;
            /**
             * Format: int32
             * @description Whom that call invites.
             */
            total: number;
            /**
             * Format: int32
             * @description Whose mail is stored and on its way.
             */
            accepted: number;
            /**
             * Format: int32
             * @description Whose mail could not be taken; each candidate says why.
             */
            refused: number;
            /**
             * Format: int32
             * @description Who is still to be invited.
             */
            remaining: number;
            /**
             * Format: int32
             * @description Of the whole campaign, as are those that follow.
             */
            sent: number;
            /** Format: int32 */
            delivered: number;
            /** Format: int32 */
            opened: number;
            /** Format: int32 */
            bounced: number;
        };
        JsonElement: unknown;
        /** @enum {unknown} */
        Lane: "critical" | "normal" | "bulk" | null;
        /** @description The body of PUT /template-layouts/{key}: the whole layout. */
        LayoutRequest: {
            /** @description By file name, MJML: `header.mjml` of the layout `_shop` is what `mj-include path="../_shop/header.mjml"` puts in. */
            partials: null | {
                [key: string]: string;
            };
            /** @description Put under each text part that its author wrote. */
            footer: null | string;
            /** @description By language and key, texts that templates share. */
            strings: null | {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** @description What all templates with this layout know, such as the sender's postal address. */
            variables: null | {
                [key: string]: components["schemas"]["VariableSource"];
            };
        };
        LayoutResponse: {
            object: string;
            key: string;
            /** @description The one that Mail brings along; PUT makes the project's own in its place. */
            built_in: boolean;
            partials: {
                [key: string]: string;
            };
            footer: null | string;
            strings: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            variables: {
                [key: string]: components["schemas"]["VariableSource"];
            };
        };
        ListAlertsResponse: {
            object: string;
            /**
             * Format: int32
             * @description How many of them stand.
             */
            open: number;
            data: components["schemas"]["AlertResponse"][];
        };
        ListApiKeysResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ApiKeyResponse"][];
        };
        ListAppointmentsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["AppointmentResponse"][];
        };
        ListAuditResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["AuditResponse"][];
        };
        ListBounceMailboxesItem: {
            object: string;
            /** @description Whose it is, and where. */
            name: string;
            /** @description `ok` or `failing`. */
            status: string;
            /**
             * Format: date-time
             * @description The last look, whatever came of it: one of long ago means that no worker runs.
             */
            looked_at: string;
            /**
             * Format: date-time
             * @description The last look that came to its end.
             */
            read_at: null | string;
            /**
             * Format: date-time
             * @description Null while it can be read.
             */
            failing_since: null | string;
            /** @description Why it cannot be read. */
            problem: null | string;
            /**
             * Format: int64
             * @description How many reports about mail of ours came out of it.
             */
            recorded: number;
            /**
             * Format: int64
             * @description How many mails in it could not be read and are not tried again.
             */
            set_apart: number;
        };
        ListBounceMailboxesResponse: {
            object: string;
            data: components["schemas"]["ListBounceMailboxesItem"][];
        };
        ListContactsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ContactResponse"][];
        };
        ListDeadLettersResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["DeadLetterResponse"][];
            /** @description How many there are of each type in all, the most first; whatever the page shows. */
            types: components["schemas"]["ListDeadLettersTypeFacts"][];
        };
        ListDeadLettersTypeFacts: {
            /** @description What the messages are. */
            type: string;
            /** Format: int64 */
            count: number;
            /**
             * Format: date-time
             * @description When the last of them was given up.
             */
            last_died_at: string;
        };
        ListDomainsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["DomainResponse"][];
        };
        ListErasuresResponse: {
            object: string;
            data: components["schemas"]["ErasureResponse"][];
        };
        ListEventsItem: {
            id: string;
            type: string;
            /** Format: date-time */
            created_at: string;
            recipient: null | string;
            relay: null | string;
            /** Format: int32 */
            code: null | number;
            enhanced_code: null | string;
            text: null | string;
            /** Format: int32 */
            attempt: null | number;
            /** Format: date-time */
            next_attempt_at: null | string;
            reason: null | string;
            cause: null | components["schemas"]["CauseFacts"];
            detail: null | components["schemas"]["JsonElement"];
            /** @description Whether what was said in this attempt is kept: `GET /emails/{id}/events/{eventId}/transcript`. Of an attempt that the relay accepted only its last reply is. */
            has_transcript: boolean;
        };
        ListEventsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ListEventsItem"][];
        };
        ListExperimentsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ExperimentResponse"][];
        };
        ListIdentitiesResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["IdentityResponse"][];
        };
        ListLayoutsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["LayoutResponse"][];
        };
        ListMailboxesResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["MailboxResponse"][];
        };
        ListMailboxLogLine: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @description What was done, or which step followed. */
            action: string;
            /** @description `api`, `worker` or `timer`. */
            how: string;
            /** @description The member or the key; null for a step. */
            by: null | string;
            ip: null | string;
            mailbox_id: null | string;
            email: null | string;
            /** @description Whose mailbox it is. */
            user: null | string;
            provider: null | string;
            /** @description How it ended; `refused` for what was refused before there was a mailbox. */
            status: string;
            /** @description The problem's code. */
            error: null | string;
            message: null | string;
            /** Format: double */
            milliseconds: null | number;
        };
        ListMailboxLogResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ListMailboxLogLine"][];
        };
        ListMembersResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["MemberResponse"][];
        };
        ListMessagesItem: {
            id: string;
            to: string[];
            from: string;
            /** Format: date-time */
            created_at: string;
            subject: string;
            bcc: null | string[];
            cc: null | string[];
            reply_to: null | string[];
            last_event: string;
            /** Format: date-time */
            scheduled_at: null | string;
            tags: components["schemas"]["MessageTag"][];
        };
        ListMessagesResponse: {
            object: string;
            /** @description Whether another page follows, or may follow where not all was searched. */
            has_more: boolean;
            data: components["schemas"]["ListMessagesItem"][];
            searched_to: null | components["schemas"]["ListMessagesSearchEnd"];
        };
        ListMessagesSearchEnd: {
            id: string;
            /**
             * Format: date-time
             * @description Of the last message that was looked at.
             */
            created_at: string;
        };
        ListMyAccountsAccount: {
            email: string;
            /** @description `provisioning`, `active`, `suspended` or `deleting`. */
            status: string;
            /**
             * Format: int64
             * @description Recipients that were reached since midnight UTC.
             */
            emails_sent_today: number;
            /**
             * Format: int64
             * @description The same since the first of the month.
             */
            emails_sent_month: number;
            id: string;
            display_name: string;
        };
        ListMyAccountsResponse: {
            accounts: components["schemas"]["ListMyAccountsAccount"][];
        };
        ListObjectionsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ObjectionResponse"][];
        };
        ListOfferHistoryEntry: {
            id: string;
            event: string;
            reservation_id: null | string;
            /** Format: date-time */
            at: string;
            /** @description `api`, `link`, `page`, `timer` or `command`. */
            how: string;
            /** @description The key's or user's id; `driver` or `passenger` for one who came by a link. */
            actor: null | string;
            ip: null | string;
            mails: components["schemas"]["ListOfferHistorySentMail"][];
        };
        ListOfferHistoryResponse: {
            object: string;
            data: components["schemas"]["ListOfferHistoryEntry"][];
        };
        ListOfferHistorySentMail: {
            template: string;
            /** @description `driver` or `passenger`. */
            to: string;
            reservation_id: null | string;
            /** @description Of `/emails`; null when it could not be sent. */
            email_id: null | string;
            /** @description Why not: the error's name, such as `recipient_suppressed`. */
            problem: null | string;
        };
        ListOffersResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["OfferResponse"][];
        };
        ListRelayKindsFieldFacts: {
            name: string;
            title: components["schemas"]["Words"];
            help: null | components["schemas"]["Words"];
            example: string;
            required: boolean;
            /** @description Stored encrypted and never given back: shown as `{"set": true}`. */
            secret: boolean;
            multiline: boolean;
            number: boolean;
            default: null | string;
            choices: string[];
        };
        ListRelayKindsKindFacts: {
            name: string;
            title: components["schemas"]["Words"];
            fields: components["schemas"]["ListRelayKindsFieldFacts"][];
            presets: components["schemas"]["ListRelayKindsPresetFacts"][];
            /**
             * Format: int32
             * @description Of one request; null where that is the server's business. So are the three after it.
             */
            max_recipients: null | number;
            /** Format: int64 */
            max_message_bytes: null | number;
            rewrites_message_id: null | boolean;
            rewrites_date: null | boolean;
        };
        ListRelayKindsPresetFacts: {
            name: string;
            title: string;
            /** @description The values that `preset_region` can have, the default first; empty when there are none. */
            regions: components["schemas"]["ListRelayKindsRegionFacts"][];
            /** Format: int32 */
            port: number;
            tls: string;
            fixed_username: null | string;
            /** @description What to enter as user name. */
            username: components["schemas"]["Words"];
            password: components["schemas"]["Words"];
            senders: components["schemas"]["Words"];
            note: null | components["schemas"]["Words"];
            /** Format: int64 */
            day_quota: null | number;
            /** Format: int32 */
            max_connections: null | number;
            /** Format: double */
            rate_per_second: null | number;
            help_url: string;
        };
        ListRelayKindsRegionFacts: {
            /** @description Of the provider's region; empty when it has none. */
            name: string;
            host: string;
            /** @description Where mail is processed, as the relay's `region` gets it. */
            region: null | string;
        };
        ListRelayKindsResponse: {
            object: string;
            data: components["schemas"]["ListRelayKindsKindFacts"][];
        };
        ListRelaysResponse: {
            object: string;
            data: components["schemas"]["RelayResponse"][];
        };
        ListRequestLogsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["RequestLogResponse"][];
        };
        ListRequestsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["RequestResponse"][];
        };
        ListReservationsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ReservationResponse"][];
        };
        ListSandboxMessagesItem: {
            object: string;
            id: string;
            /** @description The message as `POST /emails` answered it; one to several people comes once for each of them. */
            email_id: string;
            to: string;
            from: string;
            subject: string;
            /** Format: date-time */
            captured_at: string;
            /** @description The one-time code that was found in it; null when there is none. */
            code: null | string;
            links: components["schemas"]["ListSandboxMessagesLink"][];
        };
        ListSandboxMessagesLink: {
            url: string;
            /** @description What its reader clicks. */
            text: string;
        };
        ListSandboxMessagesResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ListSandboxMessagesItem"][];
        };
        ListScheduledResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ListMessagesItem"][];
        };
        ListSuppressionsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["SuppressionResponse"][];
        };
        ListTemplatesResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["TemplateSummary"][];
        };
        ListTemplateVersionsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ListTemplateVersionsSummary"][];
        };
        ListTemplateVersionsSummary: {
            /** Format: int32 */
            version: number;
            note: null | string;
            is_published: boolean;
            /** Format: date-time */
            created_at: string;
        };
        ListTemplateVersionsVersionResponse: {
            object: string;
            /** Format: int32 */
            version: number;
            note: null | string;
            /** Format: date-time */
            created_at: string;
            source: components["schemas"]["TemplateSource"];
            /** @description As compiled. */
            html: string;
            /** @description As written, or as generated from the HTML. */
            text: string;
        };
        ListWebhookAttemptsItem: {
            object: string;
            id: string;
            /** @description As in the header webhook-id; the same at every attempt. */
            event_id: string;
            type: string;
            /** @description The message that it is about; null for what is about none. */
            email_id: null | string;
            /** Format: date-time */
            event_created_at: string;
            /**
             * Format: int32
             * @description From 1; begins anew with a replay.
             */
            attempt: number;
            /** Format: date-time */
            created_at: string;
            /** Format: int64 */
            duration_ms: number;
            /** @description Whether the answer was 2xx. */
            succeeded: boolean;
            /**
             * Format: int32
             * @description Of the answer; null without one.
             */
            status: null | number;
            /** @description What went wrong, in words. */
            problem: null | string;
            /** @description The answer's first KB. */
            answer: null | string;
            /**
             * Format: date-time
             * @description Null when it was taken, or given up.
             */
            next_attempt_at: null | string;
        };
        ListWebhookAttemptsResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["ListWebhookAttemptsItem"][];
        };
        ListWebhooksResponse: {
            object: string;
            has_more: boolean;
            data: components["schemas"]["WebhookResponse"][];
            known_events: string[];
        };
        MailboxDomainEndpointsDomainChange: {
            /** @description For new mailboxes. */
            connection: null | string;
            /** @description True makes it the default. Make another one the default to take it away. */
            default: null | boolean;
        };
        MailboxDomainEndpointsDomainList: {
            object: string;
            data: components["schemas"]["MailboxDomainEndpointsDomainResponse"][];
        };
        MailboxDomainEndpointsDomainResponse: {
            object: string;
            domain: string;
            connection: string;
            provider: string;
            /** @description False while its connection is switched off. */
            enabled: boolean;
            /** @description For who chose none. */
            default: boolean;
            /** Format: date-time */
            created_at: string;
        };
        MailboxDomainEndpointsDomainWish: {
            domain: null | string;
            /** @description The id of a connection: where its mailboxes are made. */
            connection: null | string;
            /** @description In place of the one that is it. */
            default: null | boolean;
        };
        /** @description The answer that makes a mailbox, or gives it new credentials. */
        MailboxMade: {
            /** @description False while it is being made: then `waiting_for` says what is waited for. */
            success: boolean;
            email: string;
            credentials: null | components["schemas"]["CredentialsResponse"];
            /**
             * Format: uri
             * @description Where people read it; null when nowhere.
             */
            webmail: null | string;
            id: string;
            status: string;
            waiting_for: null | components["schemas"]["WaitFacts"];
        };
        /** @description A mailbox as the API shows it: never its credentials. */
        MailboxResponse: {
            object: string;
            id: string;
            email: string;
            username: string;
            domain: string;
            display_name: string;
            /** @description The app's user, or `user:{id}` of the console. */
            user: string;
            provider: string;
            /** @description Null when it has ended and the connection was removed. */
            connection: null | string;
            /** @description `provisioning`, `active`, `suspended`, `deleting`, `deleted` or `failed`. */
            status: string;
            waiting_for: null | components["schemas"]["WaitFacts"];
            problem: null | components["schemas"]["ProblemFacts"];
            /** @description Whether there are credentials that nobody has seen: POST /mailboxes/{id}/credentials shows them, once. */
            credentials_waiting: boolean;
            /** Format: date-time */
            credentials_shown_at: null | string;
            /**
             * Format: int64
             * @description Recipients that mails of its address reached since midnight UTC.
             */
            emails_sent_today: number;
            /**
             * Format: int64
             * @description The same since the first of the month.
             */
            emails_sent_month: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            active_at: null | string;
            /** Format: date-time */
            ended_at: null | string;
        };
        MailboxUserEndpointsUserResponse: {
            object: string;
            user: string;
            /** @description Null for the project's default. */
            default_domain: null | string;
        };
        MailboxUserEndpointsUserWish: {
            /** @description One of /mailbox-domains. */
            default_domain: null | string;
        };
        /** @description A member as the API shows it. */
        MemberResponse: {
            object: string;
            id: string;
            email: string;
            /** @description `owner`, `admin`, `developer` or `viewer`. */
            role: string;
            /** @description Whether the member signs in with a second factor. */
            two_factor: boolean;
            /** Format: date-time */
            created_at: string;
        };
        /** @description How often each thing happened to recipients; one message to three people counts three times. */
        MessageCounts: {
            /**
             * Format: int64
             * @description A relay took the mail.
             */
            sent?: number;
            /**
             * Format: int64
             * @description A report of the recipient's server or of the provider said so. Many send none: what is missing here is not lost.
             */
            delivered?: number;
            /**
             * Format: int64
             * @description Attempts that will be repeated.
             */
            delayed?: number;
            /** Format: int64 */
            bounced?: number;
            /** Format: int64 */
            failed?: number;
            /** Format: int64 */
            suppressed?: number;
            /** Format: int64 */
            complained?: number;
            /**
             * Format: int64
             * @description Opens by people as far as that is known, as often as they happened.
             */
            opened?: number;
            /** Format: int64 */
            clicked?: number;
        };
        MessagesTemplateRequest: {
            id: null | string;
            variables: null | Record<string, never>;
            /** @description BCP 47; without it the project's default. */
            locale: null | string;
        };
        /** @description A label that the sender gave, for filters and webhooks. */
        MessageTag: {
            name: string;
            value: string;
        };
        MetricResult: {
            /**
             * Format: int64
             * @description How many of Of.
             */
            count: number;
            /** Format: int64 */
            of: number;
            /**
             * Format: double
             * @description Null when there is nobody yet.
             */
            rate: null | number;
            /**
             * Format: double
             * @description Of Wilson's interval.
             */
            low: null | number;
            /** Format: double */
            high: null | number;
            comparison: null | components["schemas"]["Comparison"];
        };
        NewApiKeyResponse: {
            object: string;
            id: string;
            /** @description The key: shown here and nowhere else. Keep it where the app can read it. */
            token: string;
        };
        NoteRequest: {
            /** @description Words for the other side, in the mail. */
            message: null | string;
        };
        /** @description An objection as the API shows it. */
        ObjectionResponse: {
            object: string;
            id: string;
            /** @description In its normal form: lower case, the domain in ASCII. */
            email: string;
            /** @description `recipient`, on a page of ours, or `api`. */
            how: string;
            /** Format: date-time */
            created_at: string;
        };
        OfferRequest: {
            driver: null | components["schemas"]["TravellerRequest"];
            from: null | components["schemas"]["PlaceRequest"];
            to: null | components["schemas"]["PlaceRequest"];
            /** @description By the clock where the trip begins: `2026-12-05T08:30`. With an offset it is a moment, and becomes that clock's. */
            departure_at: null | string;
            /** @description IANA, such as `Europe/Paris`. */
            time_zone: null | string;
            /**
             * Format: int32
             * @description 1 to 60.
             */
            seats: null | number;
            /**
             * Format: double
             * @description Of one seat.
             */
            price: null | number;
            /** @description ISO 4217; EUR without it. */
            currency: null | string;
        };
        /** @description A trip that somebody drives. */
        OfferResponse: {
            object: string;
            id: string;
            /** @description `open` or `cancelled`. */
            state: string;
            driver: components["schemas"]["TravellerResponse"];
            from: components["schemas"]["Place"];
            to: components["schemas"]["Place"];
            /**
             * Format: date-time
             * @description The moment.
             */
            departure_at: string;
            /** @description By the clock where it begins. */
            departure_local: string;
            time_zone: string;
            /** Format: int32 */
            seats: number;
            /** Format: int32 */
            seats_left: number;
            /**
             * Format: double
             * @description Of one seat.
             */
            price: null | number;
            currency: string;
            /** @description The way, encoded with precision 5; null without a route service. */
            polyline: null | string;
            /**
             * Format: int32
             * @description With all pickups; null while unknown.
             */
            duration_seconds: null | number;
            /**
             * Format: int32
             * @description Requests without an answer.
             */
            pending: number;
            accepted: string[];
            /** Format: date-time */
            created_at: string;
        };
        OpenActionLinkForm: {
            /** @description Of a button of the page. */
            choice: null | string;
            /** @description In place of a token. */
            code: null | string;
            /** @description Where the page asks for some words. */
            comment: null | string;
        };
        OrderRelaysRequest: {
            /** @description Groups of relays' ids, the first group first. Relays of a group share the mail by their weights. Every relay of the project, each once. */
            order: null | string[][];
        };
        OrderRelaysResponse: {
            object: string;
            /** @description Groups, the first one first. */
            data: components["schemas"]["ResponsePlace"][][];
        };
        /** @description A change of address that both mailboxes have still to confirm. */
        OwnAccountEmailFacts: {
            new_email: string;
            old_confirmed: boolean;
            new_confirmed: boolean;
            /** Format: date-time */
            expires_at: string;
        };
        OwnAccountFactorFacts: {
            enabled: boolean;
            /** Format: date-time */
            since: null | string;
            /** Format: int32 */
            recovery_codes_left: number;
        };
        OwnAccountRequest: {
            /** @description One line, for others and our mails. */
            name: null | string;
            /** @description The language of our mails (BCP 47); null for the project's. */
            locale: null | string;
        };
        OwnAccountResponse: {
            id: string;
            email: string;
            name: null | string;
            locale: null | string;
            two_factor: components["schemas"]["OwnAccountFactorFacts"];
            email_change: null | components["schemas"]["OwnAccountEmailFacts"];
        };
        PasswordResetCodeRequest: {
            email: null | string;
        };
        PasswordResetCodeResponse: {
            message: string;
        };
        PasswordResetConfirmRequest: {
            email: null | string;
            code: null | string;
            new_password: null | string;
        };
        /** @description A point on the map that people have a name for. */
        Place: {
            /** @description As people say it: `Lyon Part-Dieu`. */
            label: string;
            /**
             * Format: double
             * @description Degrees north, -90 to 90.
             */
            latitude: number;
            /**
             * Format: double
             * @description Degrees east, -180 to 180.
             */
            longitude: number;
        };
        PlaceRequest: {
            /** @description As people say it. */
            label: null | string;
            /**
             * Format: double
             * @description Degrees, -90 to 90.
             */
            latitude: null | number;
            /**
             * Format: double
             * @description Degrees, -180 to 180.
             */
            longitude: null | number;
        };
        /** @description What an apply would do. */
        PlanResponse: {
            object: string;
            /** @description Give it with the apply. */
            state: string;
            /** @description Whether nothing among `problems` is an error. */
            can_apply: boolean;
            /** @description None when the project is as the folder says. */
            changes: components["schemas"]["PlanResponseChange"][];
            /** @description Folders that only the project has, and that stay; removed with `prune`. */
            kept: string[];
            problems: components["schemas"]["ProblemResponse"][];
        };
        PlanResponseChange: {
            /** @description The template's or layout's key. */
            folder: string;
            /** @description `added`, `changed`, `removed`, or `published` where only what messages take differs. */
            status: string;
            files: components["schemas"]["PlanResponseFile"][];
        };
        PlanResponseFile: {
            /** @description Within the folder. */
            name: string;
            /** @description `added`, `changed` or `removed`. */
            status: string;
            /** @description Unified. */
            diff: string;
        };
        PostCalendarReplyResponse: {
            object: string;
            /** @description `changed`, `nothing_new`, `stale` (to an earlier time, or to what was called off), `unmatched` or `no_reply`. */
            effect: string;
            appointment_id: null | string;
            email: null | string;
            /** @description What was answered. */
            status: null | string;
        };
        PostConversionRequest: {
            /** @description The mail that it came of; or say `experiment_id` or `template`, and `recipient`. */
            email_id: null | string;
            /** @description The experiment that the person took part in. */
            experiment_id: null | string;
            /** @description A template: its experiment that runs, or the last one that did. */
            template: null | string;
            /** @description Whose last mail of the experiment it came of. */
            recipient: null | string;
            /** @description What they did: `signup`. `conversion` when it is not given. */
            name: null | string;
            /** @description Your own name for it, such as an order's number: without one a mail, or a person in an experiment, has one conversion of a name. */
            key: null | string;
            /**
             * Format: double
             * @description What it was worth.
             */
            value: null | number;
            /** @description ISO 4217, when that is money. */
            currency: null | string;
            /**
             * Format: date-time
             * @description Now when it is not given.
             */
            occurred_at: null | string;
        };
        PostConversionResponse: {
            object: string;
            email_id: string;
            name: string;
            key: null | string;
            /** Format: double */
            value: null | number;
            currency: null | string;
            /** Format: date-time */
            occurred_at: string;
        };
        PostProviderEventsResponse: {
            object: string;
            /**
             * Format: int32
             * @description How many were about recipients of messages.
             */
            events: number;
            /**
             * Format: int32
             * @description How many changed a state or the suppression list.
             */
            changed: number;
            /**
             * Format: int32
             * @description How many were noted beside the state: delays, openings, clicks.
             */
            told: number;
            /**
             * Format: int32
             * @description How many were about no message of the project.
             */
            unmatched: number;
        };
        PostReportFate: {
            /** @description The message; null when none of the project's fits. */
            email_id: null | string;
            email: null | string;
            /** @description What is reported: `bounced`, `complained`, `delivered` or `delivery_delayed`. */
            state: string;
            /** @description `changed`, `nothing_new`, `told` (a delay: an event and no state), `still_waiting` or `unmatched`. */
            effect: string;
            reason: null | string;
            /** @description For a bounce: whether the address itself is dead. */
            hard: boolean;
        };
        PostReportResponse: {
            object: string;
            /** @description What the mail is: `delivery`, `complaint`, `auto_reply`, `read_receipt` or `none`. */
            kind: string;
            /** @description What it says about messages; empty when it says nothing. */
            deliveries: components["schemas"]["PostReportFate"][];
        };
        /** @description What hinders, and what to do. */
        ProblemFacts: {
            /** @description Such as `provider_licence_missing`. */
            code: string;
            /** @description What the provider said. */
            message: string;
            remedy: string;
            /** @description The provider's own. */
            provider_code: null | string;
            /** @description It is tried again by itself. */
            will_retry: boolean;
            /** Format: date-time */
            at: string;
        };
        ProblemResponse: {
            /** @description `error`, `warning` or `note`. */
            severity: string;
            /** @description Names the rule. */
            rule: string;
            /** @description As in the template's folder. */
            file: string;
            /**
             * Format: int32
             * @description From 1; null where the whole file is meant.
             */
            line: null | number;
            /** Format: int32 */
            column: null | number;
            message: string;
        };
        /** @description A project as the API shows it. */
        ProjectResponse: {
            object: string;
            id: string;
            name: string;
            /** @description The language of a template when a call names none (BCP 47). */
            default_locale: string;
            /** @description Where relays must process this project's mail, such as `eu`; null for anywhere. */
            region: null | string;
            /** @description Who is told when a relay is in trouble; empty for the owners. */
            alert_emails: string[];
            /** @description How long finished messages are kept. */
            retention: components["schemas"]["RetentionFacts"];
            /** @description Whether opens and clicks are recorded where a message does not say. */
            tracking: components["schemas"]["TrackingRequest"];
            /**
             * Format: int32
             * @description How many requests all its keys together may make in a second; null for any number.
             */
            rate_per_second: null | number;
            /** @description In the footer of templates, where neither the message nor the sender identity says it; so are the two that follow. */
            company_name: null | string;
            postal_address: null | string;
            legal_footer: null | string;
            /** @description Whether members reach the project with two-factor sign-in only. */
            require_two_factor: boolean;
            /** Format: date-time */
            created_at: string;
        };
        PublishTemplateRequest: {
            /** @description What is new, for colleagues. */
            note: null | string;
        };
        PublishTemplateResponse: {
            object: string;
            id: string;
            key: string;
            /** Format: int32 */
            version: number;
            /** @description Warnings and notes. */
            problems: components["schemas"]["ProblemResponse"][];
        };
        /** @description A number that the provider does not tell is null. The day and the month are the provider's. */
        QuotaFacts: {
            /** Format: int64 */
            sent_today: null | number;
            /** Format: int64 */
            day_limit: null | number;
            /** Format: int64 */
            sent_this_month: null | number;
            /** Format: int64 */
            month_limit: null | number;
            /** Format: int64 */
            mailboxes: null | number;
            /** Format: int64 */
            mailbox_limit: null | number;
            /**
             * Format: double
             * @description The largest part that is used of a limit: 0.8 raises the alert `mailbox_quota_80`.
             */
            used: null | number;
            /** Format: date-time */
            at: string;
        };
        /** @description The body of POST /relays and PATCH /relays/{id}. What is absent keeps its value or gets its default; null takes an optional one out. */
        RelayRequest: {
            /** @description Unique in the project; stands in every delivery that the relay carried. */
            name: null | string;
            /** @description As in GET /relay-kinds; fixed once the relay is made. */
            kind: null | string;
            /** @description Of a relay of the kind `smtp`, in place of the settings host, port and tls. */
            preset: null | string;
            preset_region: null | string;
            enabled: null | boolean;
            /**
             * Format: int32
             * @description 0 comes first; a relay of a higher number is used when no lower one can be. 100 without it.
             */
            priority: null | number;
            /**
             * Format: int32
             * @description The share among relays of the same priority. 1 without it.
             */
            weight: null | number;
            /** @description `critical`, `normal`, `bulk`; empty for all. */
            lanes: null | string[];
            /** @description Where it processes mail, such as `eu`. */
            region: null | string;
            /** @description Addresses and domains that it accepts; empty for any. */
            senders: null | string[];
            /** Format: int32 */
            max_connections: null | number;
            /** Format: double */
            rate_per_second: null | number;
            /** Format: int64 */
            day_quota: null | number;
            /** Format: int64 */
            month_quota: null | number;
            /** @description By destination domain, `*` for each other one. */
            domain_limits: null | components["schemas"]["DomainLimit"][];
            warm_up: null | components["schemas"]["WarmUp"];
            /** @description By the fields of its kind. A secret that is not given, or given as `{"set": true}`, stays as it is. */
            settings: null | Record<string, never>;
            /**
             * Format: int32
             * @description PATCH only: the one that the change was made from.
             */
            revision: null | number;
        };
        /** @description A relay as the API shows it. */
        RelayResponse: {
            object: string;
            id: string;
            name: string;
            kind: string;
            preset: null | string;
            preset_region: null | string;
            enabled: boolean;
            /** Format: int32 */
            priority: number;
            /** Format: int32 */
            weight: number;
            lanes: string[];
            region: null | string;
            senders: string[];
            /** Format: int32 */
            max_connections: null | number;
            /** Format: double */
            rate_per_second: null | number;
            /** Format: int64 */
            day_quota: null | number;
            /** Format: int64 */
            month_quota: null | number;
            domain_limits: components["schemas"]["DomainLimit"][];
            warm_up: null | components["schemas"]["WarmUp"];
            /** @description By the fields of its kind; a secret is SecretState and never its value. Null when they can no longer be decrypted. */
            settings: null | Record<string, never>;
            /** @description What keeps the relay from being used at all; null for nothing that is known without trying. */
            problem: null | string;
            /**
             * Format: int32
             * @description Grows with every change; a PATCH that names it is refused when somebody else was faster.
             */
            revision: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description The address to enter at the provider, for what becomes of messages later; null where the provider has no webhooks, or BASE_URL is not set. */
            webhook_url: null | string;
            usage?: null | components["schemas"]["UsedQuota"];
            /** @description When read: `in_use`, `off`, `unusable` (see `problem`), `misconfigured` (somebody has to change something), `paused` (away; it is asked again and again) or `quota_used`. */
            state?: null | string;
            /** @description What the relay, or our look at it, said. */
            state_reason?: null | string;
        };
        RemoveApiKeyResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveContactResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveDomainResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveExperimentResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveIdentityResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveLayoutResponse: {
            object: string;
            key: string;
            deleted: boolean;
        };
        RemoveMemberResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveObjectionResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveRelayResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveSuppressionResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveTemplateResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RemoveWebhookResponse: {
            object: string;
            id: string;
            deleted: boolean;
        };
        RenderTemplateRequest: {
            /** @description A language tag; the template's default language when it is not given. */
            locale: null | string;
            /** @description What the sample lacks is filled in, so that a preview never fails for want of data. */
            variables: null | Record<string, never>;
            /**
             * Format: int32
             * @description A published version; the draft when it is not given.
             */
            version: null | number;
            template: null | components["schemas"]["TemplateRequest"];
        };
        RenderTemplateResponse: {
            object: string;
            locale: string;
            subject: string;
            html: string;
            text: string;
            /**
             * Format: int32
             * @description Of the HTML, in bytes; Gmail cuts off what exceeds 102 KB.
             */
            size: number;
            problems: components["schemas"]["ProblemResponse"][];
        };
        ReplayDeadLetterResponse: {
            object: string;
            /**
             * Format: int32
             * @description How many wait for a worker now.
             */
            queued: number;
        };
        ReplayDeadLettersRequest: {
            /** @description As a dead letter shows it: all of it. */
            type: null | string;
            /** @description In place of `type`: 1 to 100 of them. Those that are gone meanwhile are passed over. */
            ids: null | string[];
        };
        ReplayWebhookRequest: {
            /** @description One event, taken or not, as in the header webhook-id. */
            event_id: null | string;
            /** @description All events from then on that were given up: ISO 8601 with an offset. */
            since: null | string;
        };
        ReplayWebhookResponse: {
            object: string;
            /**
             * Format: int32
             * @description How many will be sent again.
             */
            queued: number;
        };
        RequestDetail: {
            label: string;
            value: string;
        };
        /** @description A call that one of the project's API keys made. */
        RequestLogResponse: {
            object: string;
            /** @description As in the answer's header X-Request-Id. */
            id: string;
            /** Format: date-time */
            created_at: string;
            api_key: components["schemas"]["RequestLogResponseLoggedKey"];
            /** @description `live` or `test`, as the key is. */
            mode: string;
            /** @description Of HTTP, or `SMTP`. */
            method: string;
            /** @description The path as documented, such as `/emails/{id}`: without what stood in it. With SMTP `AUTH` for signing in and `MAIL` for a mail. */
            path: string;
            /**
             * Format: int32
             * @description Of the answer; with SMTP the reply's code.
             */
            status: number;
            /** @description The name of the refusal, such as `validation_error`; null for a success. */
            error: null | string;
            /**
             * Format: double
             * @description From the first byte to the end of the answer.
             */
            duration_ms: number;
            /** @description Where it came from. */
            ip: null | string;
            /** @description What the app says it is, without addresses; null when it says nothing. */
            user_agent: null | string;
            /** @description Of the trace (W3C), where it is traced. */
            trace_id: null | string;
            /** @description The messages that it made or is about. */
            email_ids: string[];
        };
        RequestLogResponseLoggedKey: {
            id: string;
            /** @description Null when the key is gone. */
            name: null | string;
        };
        /** @description A request for a decision and what became of it. Neither its links nor its codes are shown. */
        RequestResponse: {
            object: string;
            id: string;
            /** @description `pending`, `decided`, `expired` or `canceled`. */
            state: string;
            title: string;
            text: null | string;
            details: components["schemas"]["RequestDetail"][];
            choices: components["schemas"]["ActionChoice"][];
            person: components["schemas"]["RequestResponsePersonFacts"];
            on_behalf_of: null | components["schemas"]["RequestResponseBehalfFacts"];
            /** Format: date-time */
            deadline: string;
            /** @description When the person is reminded, as moments. */
            reminders: string[];
            comment: boolean;
            from: null | string;
            metadata: null | components["schemas"]["JsonElement"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at: null | string;
            decision: null | components["schemas"]["RequestResponseDecisionFacts"];
            /** @description Of one request; null in a list, and in the answer that makes one. */
            history: null | components["schemas"]["FlowLine"][];
        };
        RequestResponseBehalfFacts: {
            name: null | string;
            email: null | string;
        };
        RequestResponseDecisionFacts: {
            choice: string;
            label: null | string;
            comment: null | string;
            /** Format: date-time */
            at: string;
            /** @description From where, as far as we see. */
            ip: null | string;
            user_agent: null | string;
        };
        RequestResponsePersonFacts: {
            email: string;
            name: null | string;
            locale: null | string;
            time_zone: null | string;
        };
        RescheduleMessageRequest: {
            /** @description As in POST /emails; a time that is past sends it at once. */
            scheduled_at: null | string;
        };
        RescheduleMessageResponse: {
            object: string;
            id: string;
            /** Format: date-time */
            scheduled_at: string;
        };
        ResendMessageResponse: {
            object: string;
            /** @description Of the new message. */
            id: string;
            /** @description Of the old one. */
            resent_from: string;
        };
        ReservationRequest: {
            passenger: null | components["schemas"]["TravellerRequest"];
            /**
             * Format: int32
             * @description 1 without it.
             */
            seats: null | number;
            pickup: null | components["schemas"]["PlaceRequest"];
            /** @description Words for the driver, up to 2000 characters. */
            message: null | string;
        };
        /** @description A passenger's request for seats, and what became of it. */
        ReservationResponse: {
            object: string;
            id: string;
            offer_id: string;
            /** @description `pending`, `accepted`, `refused`, `cancelled`, `removed`, `expired` or `offer_cancelled`. */
            state: string;
            passenger: components["schemas"]["TravellerResponse"];
            /** Format: int32 */
            seats: number;
            pickup: components["schemas"]["Place"];
            /**
             * Format: date-time
             * @description When the driver is there; null while it is not accepted.
             */
            pickup_at: null | string;
            message: null | string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Until when the driver can answer.
             */
            expires_at: string;
            /**
             * Format: date-time
             * @description When the driver answered, or the time was up.
             */
            answered_at: null | string;
            /**
             * Format: date-time
             * @description When it got into its state.
             */
            changed_at: string;
        };
        ResponsePlace: {
            id: string;
            name: string;
            /**
             * Format: int32
             * @description What the relay has of the order: 0 to 1000, lower is earlier.
             */
            priority: number;
            /** Format: int32 */
            weight: number;
        };
        ResultWarning: {
            /** @description For programs. */
            code: string;
            message: string;
        };
        RetentionFacts: {
            /**
             * Format: int32
             * @description Bodies and attachments.
             */
            content_days: null | number;
            /**
             * Format: int32
             * @description The message, its recipients' states and its events; removed month by month.
             */
            history_days: null | number;
        };
        RevokeCodeResponse: {
            object: string;
            id: string;
            revoked: boolean;
        };
        RollBackTemplateRequest: {
            /**
             * Format: int32
             * @description One of the versions of GET /templates/{id}/versions.
             */
            version: null | number;
        };
        RotateApiKeyRequest: {
            /**
             * Format: int32
             * @description For how long the old key still works: 0 to 720; 24 without it.
             */
            grace_hours: null | number;
        };
        RotateWebhookSecretResponse: {
            object: string;
            id: string;
            /** @description Shown here and nowhere else. */
            signing_secret: string;
            /**
             * Format: date-time
             * @description Until then each request bears two signatures.
             */
            old_secret_expires_at: null | string;
        };
        RuleOutcome: {
            /** Format: date-time */
            at: string;
            /** @description Whose version was published; null when nothing was found. */
            arm: null | string;
            /** @description In words. */
            reason: string;
        };
        /** @description Whether the arms got the people that their weights promise: if not, something but chance chose, and no rate can be trusted. */
        SampleRatio: {
            /** Format: double */
            chi_square: number;
            /**
             * Format: double
             * @description Of a chi-square test.
             */
            p_value: number;
            is_suspicious: boolean;
        };
        SendAccountEventRequest: {
            /** @description `suspicious` is `account_locked` with `failed_attempts`, else `many_reset_requests`. */
            type: null | string;
            email: null | string;
            name: null | string;
            locale: null | string;
            client: null | components["schemas"]["AppClient"];
            /**
             * Format: date-time
             * @description At most 30 days ago; now without it.
             */
            occurred_at: null | string;
            /** @description A page of your own in place of ours; https. It needs no account settings. */
            not_me_url: null | string;
            /** @description Roughly where: town and country. */
            location: null | string;
            /** @description Of `welcome`: where the reader begins. */
            start_url: null | string;
            /** Format: int32 */
            failed_attempts: null | number;
            /** Format: date-time */
            locked_until: null | string;
            /** Format: int32 */
            request_count: null | number;
            /** Format: int32 */
            period_minutes: null | number;
            /** @description What else the template takes. */
            variables: null | Record<string, never>;
        };
        SendAccountEventResponse: {
            /** @description The mail's. */
            id: string;
        };
        SendCodeRequest: {
            /** @description The address that the code is mailed to, and whose it is unless `subject` says otherwise. */
            to: null | string;
            /** @description Whose code it is, when that is not the address: an id of a user, say. */
            subject: null | string;
            /** @description What it is for, such as `sign-in`: it is wrong for anything else. */
            purpose: null | string;
            /** @description Gets the variables `code` and `expires_in_minutes`; `verification-code` without it. */
            template: null | string;
            variables: null | Record<string, never>;
            locale: null | string;
            /**
             * Format: int32
             * @description 1 to 1440; 15 without it.
             */
            expires_in_minutes: null | number;
            /**
             * Format: int32
             * @description 6 to 10 characters; 6 without it.
             */
            length: null | number;
            /** @description Capital letters and digits that nobody takes for one another, in place of digits alone. */
            letters: null | boolean;
            /** @description False for an app that delivers the code by itself: then no mail is sent and the answer says the code. Needs the scope `codes:reveal`. */
            deliver: null | boolean;
            from: null | string;
        };
        SendCodeResponse: {
            object: string;
            id: string;
            /** @description The mail's; null without one. */
            email_id: null | string;
            /** Format: date-time */
            expires_at: string;
            /** @description With `deliver: false` only. */
            code?: null | string;
        };
        SendMessageResponse: {
            id: string;
        };
        SendTestMailRequest: {
            /** @description One address. */
            to: null | string;
            /** @description The installation's default sender when it is not given. */
            from: null | string;
            /** @description A language tag; the template's default language when it is not given. */
            locale: null | string;
            /** @description What they lack is taken from the sample. */
            variables: null | Record<string, never>;
            /**
             * Format: int32
             * @description A published version; the draft when it is not given.
             */
            version: null | number;
        };
        SendTestMailResponse: {
            /** @description Of the message: GET /emails/{id} tells what became of it. */
            id: string;
            subject: string;
            locale: string;
        };
        /** @description Who is signed in, and where they may work. */
        SessionResponse: {
            user: components["schemas"]["SessionResponseSessionUser"];
            projects: components["schemas"]["SessionResponseMembership"][];
        };
        SessionResponseMembership: {
            id: string;
            name: string;
            role: string;
            /** @description Without a second factor nothing of the project can be reached. */
            requires_two_factor: boolean;
        };
        SessionResponseSessionUser: {
            id: string;
            email: string;
            name: null | string;
            /** @description Whether the account has a second factor. */
            two_factor: boolean;
            /**
             * Format: date-time
             * @description When this session has shown it last.
             */
            two_factor_at: null | string;
        };
        SessionsEndedResponse: {
            /**
             * Format: int32
             * @description How many.
             */
            ended: number;
        };
        SessionsEntry: {
            id: string;
            current: boolean;
            browser: string;
            ip: null | string;
            /** @description How it was signed in: `pwd`, `totp`, `recovery`. */
            methods: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /**
             * Format: date-time
             * @description However busy it is; a session that nobody uses ends after seven days.
             */
            expires_at: string;
        };
        SessionsListResponse: {
            object: string;
            data: components["schemas"]["SessionsEntry"][];
        };
        SignInRequest: {
            email: null | string;
            password: null | string;
        };
        SseItemOfstring: {
            data?: null | string;
            event_type?: null | string;
            event_id?: null | string;
            reconnection_interval?: null | string;
        };
        SuppressionImportProblem: {
            /**
             * Format: int32
             * @description In the file; the first is 1.
             */
            line: number;
            message: string;
        };
        /** @description What to put on the list. */
        SuppressionRequest: {
            /** @description Without it nothing is added. */
            email: null | string;
            /** @description `manual` without it. */
            reason: null | string;
            /** @description For `manual` and `unsubscribe`: this topic alone. */
            topic_id: null | string;
            /** @description For people; 500 characters at most. */
            note: null | string;
            /**
             * Format: date-time
             * @description For `manual` and `soft_bounce`: ISO 8601.
             */
            expires_at: null | string;
        };
        /** @description An entry of the list as the API shows it. */
        SuppressionResponse: {
            object: string;
            id: string;
            /** @description In its normal form: lower case, the domain in ASCII. */
            email: string;
            /** @description `hard_bounce`, `complaint`, `manual`, `unsubscribe` or `soft_bounce`. */
            reason: string;
            /** @description The topic that it is about; null for all. */
            topic_id: null | string;
            /** @description The message that it came from; null when none did. */
            email_id: null | string;
            /** @description A person's, or what the server said. */
            note: null | string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Null for never.
             */
            expires_at: null | string;
        };
        TagRequest: {
            name: null | string;
            value: null | string;
        };
        /** @description The body of POST /templates and PATCH /templates/{id}. What is absent keeps its value; null empties `mjml`, `html`, `text` and `layout`. */
        TemplateRequest: {
            /** @description What calls name: `order-confirmation`. */
            key: null | string;
            /** @description The same, as Resend and Postmark name it. */
            alias: null | string;
            /** @description For people. */
            name: null | string;
            lane: null | components["schemas"]["Lane"];
            /** @description Whether its messages carry an unsubscribe link unless the call says otherwise. */
            unsubscribe: null | boolean;
            /** @description Whether its messages may be tracked at all; true when it is not given. */
            tracking: null | boolean;
            /** @description The language that all others fall back to; `en` when it is not given. */
            default_locale: null | string;
            /** @description The layout whose partials, texts and variables it uses: `_layout` is the built-in one. */
            layout: null | string;
            /** @description The design. Either this or `html`. */
            mjml: null | string;
            /** @description Finished HTML. */
            html: null | string;
            /** @description The text part; written from the HTML when there is none. */
            text: null | string;
            /** @description The subject in the default language: the same as the text `subject` in `strings`. */
            subject: null | string;
            /** @description By language and key, the texts that `{{t "key"}}` shows; `subject` and `preheader` are among them. */
            strings: null | {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** @description By name, what a message may say: `{"type":"string","required":true}`. Resend's form, a list of `{"key","type","fallback_value"}`, is taken too. */
            variables: null | {
                [key: string]: components["schemas"]["VariableSource"];
            };
            /** @description Variables for previews. */
            sample: null | Record<string, never>;
            /**
             * Format: int32
             * @description PATCH only: the draft's revision that the change was made to; refused with 409 when somebody else changed it since.
             */
            revision: null | number;
        };
        /** @description A template with its draft. */
        TemplateResponse: {
            object: string;
            id: null | string;
            key: string;
            alias: string;
            name: string;
            lane: string;
            unsubscribe: boolean;
            tracking: boolean;
            default_locale: string;
            layout: null | string;
            mjml: null | string;
            html: null | string;
            text: null | string;
            subject: null | string;
            strings: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            variables: {
                [key: string]: components["schemas"]["VariableSource"];
            };
            sample: Record<string, never>;
            built_in: boolean;
            status: string;
            /** Format: int32 */
            published_version: null | number;
            /**
             * Format: int32
             * @description The highest version that was ever published; 0 for none.
             */
            last_version: number;
            has_changes: boolean;
            /**
             * Format: int32
             * @description Of the draft: give it with a change to be refused when somebody else was faster.
             */
            revision: number;
            /** Format: date-time */
            created_at: null | string;
            /** Format: date-time */
            updated_at: null | string;
            /**
             * Format: date-time
             * @description When the version that new messages take was made.
             */
            published_at: null | string;
            /** @description The experiment that runs, for whose time nothing is published; null for none. */
            experiment_id: null | string;
        };
        /** @description A template as its author writes it. Column `draft`, and with each version what it was made from. */
        TemplateSource: {
            /** @description For people. */
            name: string;
            /** @description The lane of its messages unless the call says otherwise. */
            lane?: components["schemas"]["Lane"];
            /** @description Whether its messages carry an unsubscribe link unless the call says otherwise. */
            unsubscribe?: boolean;
            /** @description Whether its messages may be tracked at all; false for mail that is about an account. */
            tracking?: boolean;
            /** @description The language that every other one falls back to. */
            default_locale?: string;
            /** @description The layout whose partials, texts and variables it uses; null for none. */
            layout?: null | string;
            /** @description The design. Either this or `html`. */
            mjml?: null | string;
            /** @description The finished HTML, for who writes it by other means. */
            html?: null | string;
            /** @description The text part; null to have it written from the HTML. */
            text?: null | string;
            /** @description By locale and key the texts in that language; "subject" is one of them. */
            strings?: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** @description By name what a message may say. */
            variables?: {
                [key: string]: components["schemas"]["VariableSource"];
            };
            /** @description Variables for previews. */
            sample?: Record<string, never>;
        };
        /** @description A template in a list. */
        TemplateSummary: {
            object: string;
            id: null | string;
            key: string;
            alias: string;
            name: string;
            lane: string;
            locales: string[];
            /** @description Of the built-in set: read only. Duplicate it to write one's own; one of the same key takes its place. */
            built_in: boolean;
            /** @description `draft` for one that was never published, else `published`. */
            status: string;
            /**
             * Format: int32
             * @description What new messages take.
             */
            published_version: null | number;
            /** @description Whether the draft differs from what is published. */
            has_changes: boolean;
            /** Format: date-time */
            created_at: null | string;
            /** Format: date-time */
            updated_at: null | string;
            /**
             * Format: date-time
             * @description When the version that new messages take was made; null for a draft and for the built-in set.
             */
            published_at: null | string;
        };
        /**
         * @description What a variable's JSON value may be.
         * @enum {unknown}
         */
        TemplateVariableType: "string" | "number" | "boolean" | "url" | "date" | "time_zone" | "list";
        TestWebhookRequest: {
            /** @description Which event; without it the first that the webhook asks for. */
            type: null | string;
        };
        TestWebhookResponse: {
            object: string;
            /** @description The event's, as in the header webhook-id. */
            id: string;
            type: string;
        };
        TimelineEntry: {
            /** @description `added`, `changed`, `created`, `queued`, `sent`, `delivered`, `opened`, `used`, `reminded`, `extended`, `expired`, `bounced`, `refused`, `complained`, `revoked` or `not_told`. */
            type: string;
            /** Format: date-time */
            at: string;
            /** @description `api`, `import`, `page`, `timer` or `mail`. */
            via: string;
            /** @description The member's or key's that asked for it. */
            actor_id: null | string;
            ip: null | string;
            user_agent: null | string;
            /** @description The mail that it is about. */
            email_id: null | string;
            detail: null | string;
        };
        /** @description What a message asks for; null for what its template and its project say. */
        TrackingRequest: {
            opens: null | boolean;
            clicks: null | boolean;
        };
        TransferConfigurationResponse: {
            object: string;
            /** @description False for a dry run. */
            applied: boolean;
            /** @description Whether nothing was refused. */
            ok: boolean;
            steps: components["schemas"]["ImportStep"][];
            left_out: components["schemas"]["ConfigurationDocumentMissing"][];
        };
        TravellerRequest: {
            /** @description As the others know them. */
            name: null | string;
            email: null | string;
            /** @description Shown to the other side once a seat is agreed. */
            phone: null | string;
            /** @description The language of their mails and pages (BCP 47); without it what you told us of the contact, else the project's. */
            locale: null | string;
        };
        TravellerResponse: {
            name: string;
            email: string;
            phone: null | string;
            locale: null | string;
        };
        TripPageForm: {
            /** @description `accept`, `refuse`, `remove`, `cancel`, `cancel_offer`; `end_links` for the link itself. */
            do: null | string;
            /** @description Of the reservation, or of the offer. */
            id: null | string;
            /** @description Some words for the other side. */
            note: null | string;
        };
        /** @description The password was right; the second factor is awaited at POST /auth/two-factor. */
        TwoFactorChallenge: {
            /** @description `two_factor_required`. */
            status: string;
            /**
             * Format: date-time
             * @description Until then; afterwards the password is asked for again.
             */
            expires_at: string;
        };
        TwoFactorSetupCodeRequest: {
            code: null | string;
        };
        TwoFactorSetupCodesResponse: {
            recovery_codes: string[];
        };
        TwoFactorSetupDisableRequest: {
            password: null | string;
            code: null | string;
            recovery_code: null | string;
        };
        TwoFactorSetupFactorRequest: {
            code: null | string;
            recovery_code: null | string;
        };
        TwoFactorSetupPasswordRequest: {
            password: null | string;
        };
        TwoFactorSetupRenewRequest: {
            password: null | string;
            code: null | string;
        };
        TwoFactorSetupSetupResponse: {
            /** @description For an app that cannot read the code: base32, 160 bits. */
            secret: string;
            otpauth_url: string;
            /** @description An SVG picture of the address. */
            qr_svg: string;
        };
        UnsubscribeForm: {
            /** @description From the page's own buttons: `unsubscribe`, `unsubscribe_all`, `resubscribe`, `do_not_track` or `track_again`. Mail programs send `List-Unsubscribe=One-Click` instead. */
            action: null | string;
        };
        /** @description Recipients that a relay with a quota or a warm-up has used, for people. */
        UsedQuota: {
            /** Format: int64 */
            day: number;
            /** Format: int64 */
            month: number;
        };
        /** @description A variable as its author declares it. */
        VariableSource: {
            type: components["schemas"]["TemplateVariableType"];
            /** @default false */
            required: boolean;
            default?: unknown;
            description?: null | string;
            /** @description What each item of a list holds; null for every other type. */
            fields?: null | {
                [key: string]: components["schemas"]["VariableSource"];
            };
            /** @description True for a code, or a link that proves who reads the mailbox: stored encrypted, and shown to nobody but the recipient. */
            secret?: null | boolean;
        };
        VerifyCodeRequest: {
            /** @description The address that the code was mailed to; or `subject`, as it was asked for. */
            to: null | string;
            subject: null | string;
            purpose: null | string;
            /** @description As the person typed it; spaces and dashes do not count. */
            code: null | string;
        };
        VerifyCodeResponse: {
            valid: boolean;
            /** @description The code's. */
            id: string;
        };
        /** @description What a mailbox waits for. */
        WaitFacts: {
            /** @description Where it is being led: `active`, `suspended`, `rotated`, `deleted` or `failed` (what was made is undone). */
            goal: string;
            /** @description The last step that is done: `reserved`, `created`, `sending`, `credentials`, `active`. */
            step: string;
            /** @description Why it did not go on the last time; null while nothing hinders. */
            reason: null | string;
            /**
             * Format: date-time
             * @description When it is tried again; null while it is under way.
             */
            next_attempt_at: null | string;
        };
        /**
         * @description A plan by which a new relay earns its reputation: a number of recipients a day that grows every day. What is over it goes by other relays, or
         *     waits for the next day.
         */
        WarmUp: {
            /**
             * Format: date
             * @description The first day (UTC). Before it, the first day's number holds.
             */
            starts_on: string;
            /**
             * Format: int64
             * @description Recipients on the first day.
             */
            first_day: number;
            /**
             * Format: double
             * @description Each day's number is the one before times this: 1.5 is half as much again.
             */
            growth: number;
            /**
             * Format: int64
             * @description Where the growth ends: no day has more, until the plan is taken away. Null: it grows on.
             */
            ceiling?: null | number;
        };
        /** @description The body of POST /webhooks and PATCH /webhooks/{id}. What is absent keeps its value. */
        WebhookRequest: {
            /** @description Where requests go: an https URL that is reached from the public internet. */
            endpoint: null | string;
            /** @description Names such as `email.bounced`; see docs/guides/webhooks.md. */
            events: null | string[];
            /** @description PATCH only: `enabled` or `disabled`. */
            status: null | string;
            /** @description PATCH only: the same as `status`, as a boolean. */
            enabled: null | boolean;
        };
        /** @description A webhook as the API shows it, without its secret. */
        WebhookResponse: {
            object: string;
            id: string;
            endpoint: string;
            events: string[];
            /** @description `enabled` or `disabled`. */
            status: string;
            enabled: boolean;
            /** @description Why it was switched off by itself; null when it was not. */
            disabled_reason: null | string;
            /**
             * Format: date-time
             * @description Since when every request has failed; null when the last one did not.
             */
            failing_since: null | string;
            /**
             * Format: date-time
             * @description Nothing is sent to it before, because it fails or asked for it.
             */
            resume_at: null | string;
            /**
             * Format: date-time
             * @description Until then the secret before this one signs too.
             */
            old_secret_expires_at: null | string;
            /**
             * Format: int32
             * @description Events that it has still to hear; 1000 stands for that many or more.
             */
            waiting: number;
            /**
             * Format: int32
             * @description Events that were given up and can be replayed; 1000 stands for that many or more.
             */
            failed: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        WidgetEndpointsCodeRequest: {
            email: null | string;
            /** @description Of the mail. */
            locale: null | string;
        };
        WidgetEndpointsDone: {
            object: string;
            id: null | string;
        };
        WidgetEndpointsOfferBody: {
            /** @description From the mail. */
            code: null | string;
            offer: null | components["schemas"]["OfferRequest"];
        };
        WidgetEndpointsOpenOffer: {
            id: string;
            /** @description The first name. */
            driver: string;
            from: string;
            to: string;
            /** @description By the clock where the trip begins. */
            departure_at: string;
            time_zone: string;
            /** Format: int32 */
            seats_left: number;
            /** Format: double */
            price: null | number;
            currency: string;
        };
        WidgetEndpointsOpenOffers: {
            object: string;
            data: components["schemas"]["WidgetEndpointsOpenOffer"][];
        };
        WidgetEndpointsRequestBody: {
            /** @description From the mail. */
            code: null | string;
            request: null | components["schemas"]["ReservationRequest"];
        };
        WidgetEndpointsSettings: {
            object: string;
            places: components["schemas"]["PlaceRequest"][];
            time_zone: null | string;
        };
        WidgetSettingsEndpointRequest: {
            /** @description False switches it off everywhere, at once. */
            enabled: null | boolean;
            /** @description The sites that may show it, each as `https://carpool.example`, up to 20. */
            allowed_origins: null | string[];
            /** @description Up to 500, which people choose from; others they give by their position. */
            places: null | components["schemas"]["PlaceRequest"][];
            /** @description Of departures, such as `Europe/Paris`; without it that of the reader's browser. */
            time_zone: null | string;
        };
        WidgetSettingsEndpointResponse: {
            object: string;
            /** @description Null when nothing is set up. */
            widget_id: null | string;
            enabled: boolean;
            allowed_origins: string[];
            places: components["schemas"]["PlaceRequest"][];
            time_zone: null | string;
            /** @description What goes into a page. */
            embed: null | string;
        };
        /** @description How the winner is chosen without a person. It looks once, when its conditions are met: who looks until something shows finds something where there is nothing. */
        WinnerRule: {
            /** @description `opened`, `clicked` or `converted`. */
            metric: string;
            /**
             * Format: int32
             * @description Reached by each arm before it looks.
             */
            minimum_recipients: number;
            /**
             * Format: int32
             * @description Since the start, before it looks.
             */
            after_hours: number;
            /**
             * Format: double
             * @description Of the whole comparison: 0.95 is wrong in one of twenty experiments between equal versions.
             */
            confidence: number;
            /** @description What becomes of an experiment in which it finds nothing: `continue` or `stop`. */
            otherwise: string;
        };
        /** @description A text for people in the languages that the console speaks. */
        Words: {
            en: string;
            fr: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    GetReservationWidget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
        };
    };
    ShowUnsubscribePage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    TrackOpen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                };
            };
        };
    };
    TrackingHost: {
        parameters: {
            query?: {
                /** @description Such as `links.example.com`. */
                domain?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    TrackClick: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    ShowActionLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    AskForActionCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    DeleteAppointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentResponse"];
                };
            };
        };
    };
    ShowInterviewStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    ShowTrips: {
        parameters: {
            query?: {
                offer?: string;
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    ActOnTrips: {
        parameters: {
            query?: {
                offer?: string;
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TripPageForm"];
                "multipart/form-data": components["schemas"]["TripPageForm"];
            };
        };
        responses: never;
    };
    ShowOneTrip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
                offer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    ActOnOneTrip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
                offer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TripPageForm"];
                "multipart/form-data": components["schemas"]["TripPageForm"];
            };
        };
        responses: never;
    };
    GetWidget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetEndpointsSettings"];
                };
            };
        };
    };
    ListWidgetOffers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetEndpointsOpenOffers"];
                };
            };
        };
    };
    OfferByWidget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WidgetEndpointsOfferBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetEndpointsDone"];
                };
            };
        };
    };
    SendWidgetCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WidgetEndpointsCodeRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetEndpointsDone"];
                };
            };
        };
    };
    RequestByWidget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WidgetEndpointsRequestBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetEndpointsDone"];
                };
            };
        };
    };
    AskForTripLinkByWidget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskForTripLinkRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetEndpointsDone"];
                };
            };
        };
    };
}
